// Before any test: the package as users have it, in dist/.
import { execFileSync } from "node:child_process";

export default (): void => {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
};
