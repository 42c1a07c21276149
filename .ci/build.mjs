/**
 * Builds what browsers are given, from static/ and the registry's packages into static/built/:
 * one script and one sheet a surface, subset fonts, each under a name that changes with what is in
 * it, each compressed beforehand; manifest.json says which name is whose.
 */
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";
import subsetFont from "subset-font";

const from = resolve("static");
const target = join(from, "built");
const fresh = `${target}.${process.pid}`;

const scripts = ["desk", "door", "phone", "projector", "remote", "small", "check", "walk", "still", "still_phone", "guest", "warm_up", "stand", "stand_worker", "evening", "sound", "staff"].map((name) => join(from, "js", `${name}.js`));
const sheets = ["phone", "projector", "remote", "desk"].map((name) => join(from, "css", "surfaces", `${name}.css`));
const icons = (await readdir(join(from, "icons"))).map((name) => join(from, "icons", name));

/** The weights we set, and the features: the rest of a font is left out. */
const FONTS = {
  "source-sans-3": { wght: { min: 400, max: 700, default: 400 } },
  "bricolage-grotesque": { wght: 700 },
};
const FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"];
const between = (first, last) => Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join("");
const COMMON = `${between(0x20, 0x7e)}\u00a0«»·°ÀÂÄÇÈÉÊËÎÏÑÔÖÙÛÜàâäçèéêëîïñôöùûüÿŒœŸ–—‘’“”•…\u202f€−×←↑→↓`;
const LATIN = `${between(0xa0, 0xff)}‚„‹›™`;
const SETS = {
  common: ["latin", COMMON], // what French and English are written with: enough for most pages
  latin: ["latin", [...LATIN].filter((sign) => !COMMON.includes(sign)).join("")],
  "latin-ext": ["latin-ext", `${between(0x100, 0x151)}${between(0x154, 0x177)}${between(0x179, 0x17f)}${between(0x218, 0x21b)}${between(0x1e00, 0x1eff)}`],
};

/** `fonts/<family>-<set>.woff2`: a font of the registry, made as small as our pages need it. */
const fonts = {
  name: "fonts",
  setup(build) {
    build.onResolve({ filter: /^fonts\// }, ({ path }) => ({ path, namespace: "font" }));
    build.onLoad({ filter: /.*/, namespace: "font" }, async ({ path }) => {
      const [, family, set] = /^fonts\/(.+?)-(common|latin|latin-ext)\.woff2$/.exec(path);
      const [source, signs] = SETS[set];
      const file = `node_modules/@fontsource-variable/${family}/files/${family}-${source}-wght-normal.woff2`;
      const contents = await subsetFont(await readFile(file), signs, {
        targetFormat: "woff2",
        variationAxes: FONTS[family],
        keepFeatures: FEATURES,
        noHinting: true, // screens of phones have the dots
      });
      return { contents, loader: "file" };
    });
  },
};

/** `rounds`: the scripts, or the sheets, of all kinds of round there are; nobody lists them. */
const rounds = {
  name: "rounds",
  setup(build) {
    build.onResolve({ filter: /^rounds(\.css)?$/ }, ({ path }) => ({ path, namespace: "rounds" }));
    build.onLoad({ filter: /.*/, namespace: "rounds" }, async ({ path }) => {
      const loader = extname(path) ? "css" : "js";
      const all = (await readdir(join(from, "rounds"))).filter((name) => name.endsWith(`.${loader}`)).sort();
      const line = {
        css: (name) => `@import "./${name}";`,
        js: (name) => `export * as ${basename(name, ".js")} from "./${name}";`,
      }[loader];
      return { contents: all.map(line).join("\n"), loader, resolveDir: join(from, "rounds") };
    });
  },
};

/** `awake/awake.mp4`: a second of nothing that, as it plays, keeps a screen from sleeping. */
const awake = {
  name: "awake",
  setup(build) {
    build.onResolve({ filter: /^awake\// }, ({ path }) => ({ path, namespace: "awake" }));
    build.onLoad({ filter: /.*/, namespace: "awake" }, async ({ path }) => {
      const media = await readFile("node_modules/nosleep.js/src/media.js", "utf8");
      const found = media.match(new RegExp(`data:video/${extname(path).slice(1)};base64,([A-Za-z0-9+/=]+)`));
      return { contents: Buffer.from(found[1], "base64"), loader: "copy" };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: [...scripts, ...sheets, ...icons, "awake/awake.mp4", "awake/awake.webm"],
  outdir: fresh,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
  alias: { js: join(from, "js") },
  loader: { ".svg": "copy" },
  plugins: [fonts, rounds, awake],
});

const small = { gz: (bytes) => promisify(gzip)(bytes, { level: 9 }), br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) };

async function keep({ path, contents }) {
  await writeFile(path, contents);
  if (/\.(woff2|mp4|webm)$/.test(path)) return; // compressed by themselves
  for (const [ending, press] of Object.entries(small)) await writeFile(`${path}.${ending}`, await press(contents));
}

const plain = (name) => name.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1");

await mkdir(fresh, { recursive: true });
await Promise.all(outputFiles.map(keep));
const names = outputFiles.map(({ path }) => basename(path)).sort();
const manifest = Object.fromEntries(names.map((name) => [plain(name), name]));
await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
