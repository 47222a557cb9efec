// Builds every room's front end into src/suhbat/static: one file per entry, named by its content.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

const rooms = "src/suhbat", out = "src/suhbat/static";

// An entry is a file that stands directly in a room's frontend/ folder; what it imports stands deeper.
async function entries() {
  const found = [];
  for (const room of await readdir(rooms)) {
    const folder = path.join(rooms, room, "frontend");
    if (!(await stat(folder).catch(() => null))?.isDirectory()) continue;
    for (const name of await readdir(folder)) if (/\.(ts|css|svg)$/u.test(name)) found.push(path.join(folder, name));
  }
  return found.toSorted((one, other) => (one < other ? -1 : 1));
}

async function hashed(file) {
  const content = await readFile(file);
  const { name, ext } = path.parse(file);
  const target = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 10)}${ext}`;
  await copyFile(file, path.join(out, target));
  await rm(file);
  return [`${name}${ext}`, target];
}

// The flags of the states in our register, as drawings that pages carry in themselves.
async function flags() {
  const codes = Object.keys(JSON.parse(await readFile(path.join(rooms, "formats/states.json"), "utf8")));
  const drawn = {};
  for (const code of codes) {
    const file = await readFile(`node_modules/country-flag-icons/3x2/${code}.svg`, "utf8").catch(() => null);
    const [, box, drawing] = file?.match(/viewBox="([^"]+)"[^>]*>(.*)<\/svg>/su) ?? [];
    if (!drawing) continue;
    if (/\sid=|<script|\son\w+=/u.test(drawing)) throw new Error(`the flag of ${code} holds ids or scripts`);
    drawn[code] = { box, drawing };
  }
  return drawn;
}

// The typefaces of printed documents (SIL Open Font License), so that a fresh machine sets the same pages.
const faces = {
  "noto-serif": ["400Regular/NotoSerif_400Regular", "400Regular_Italic/NotoSerif_400Regular_Italic",
    "600SemiBold/NotoSerif_600SemiBold", "700Bold/NotoSerif_700Bold"],
  "noto-serif-jp": ["400Regular/NotoSerifJP_400Regular", "600SemiBold/NotoSerifJP_600SemiBold"],
};
async function fonts() {
  const folder = path.join(out, "fonts");
  await mkdir(folder);
  for (const [family, files] of Object.entries(faces)) {
    const from = path.join("node_modules/@expo-google-fonts", family);
    for (const file of files) await copyFile(path.join(from, `${file}.ttf`), path.join(folder, `${path.basename(file)}.ttf`));
    await copyFile(path.join(from, "LICENSE_FONT"), path.join(folder, `${family}-OFL.txt`));
  }
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const all = await entries();
await build({
  entryPoints: all.filter((file) => !file.endsWith(".svg")), outdir: out, entryNames: "[name]", bundle: true,
  minify: true, target: ["es2022", "chrome110", "firefox115", "safari16"], format: "esm", legalComments: "none",
  logLevel: "warning", loader: { ".svg": "dataurl" },
});
for (const file of all.filter((name) => name.endsWith(".svg"))) await copyFile(file, path.join(out, path.basename(file)));
const manifest = Object.fromEntries(await Promise.all((await readdir(out)).map((name) => hashed(path.join(out, name)))));
await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1));
await fonts();
await writeFile(path.join(out, "flags.json"), JSON.stringify(await flags()));
console.log(`built ${Object.keys(manifest).length} files`);
