// Before any test: the package as users have it, in dist/. What has not changed is not written again, so that a second run of the tests
// does not take the command from under the first.
import { execFileSync } from "node:child_process";

export default (): void => {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
};
