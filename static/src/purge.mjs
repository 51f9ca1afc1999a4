// What the desk takes from Tabler: the classes that our templates and forms use and that we have not written ourselves.
// Patients' pages take nothing of it: Tabler 1.6 needs light-dark() and oklch(), and old phones know neither.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";

const [out, ...folders] = process.argv.slice(2);
const sources = "static/src";
const own = readdirSync(sources).filter((name) => name.endsWith(".css")).map((name) => readFileSync(join(sources, name), "utf8")).join("\n");
const names = [...new Set([...own.matchAll(/\.([a-z][a-z0-9-]*)/g)].map((found) => found[1]))];

const [purged] = await new PurgeCSS().purge({
  content: folders.map((folder) => `${folder}/**/*.html`),
  css: ["node_modules/@tabler/core/dist/css/tabler.min.css"],
  blocklist: names.map((name) => new RegExp(`^${name}$`)),
  variables: true,
  fontFace: true,
  keyframes: true,
});
writeFileSync(out, purged.css);
