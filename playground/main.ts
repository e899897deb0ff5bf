// The page: everything that listens, then something to show.
import { App } from "./app.ts";
import { showBytes } from "./view/bytes.ts";
import { showDetail } from "./view/detail.ts";
import { showInput } from "./view/input.ts";
import { showList } from "./view/list.ts";
import { showTheme } from "./view/theme.ts";
import { showToolbar } from "./view/toolbar.ts";
import { showTree } from "./view/tree.ts";

const app = new App();
showTheme();
showToolbar(app);
showList(app);
showTree(app);
showBytes(app);
showDetail(app);
showInput(app);
