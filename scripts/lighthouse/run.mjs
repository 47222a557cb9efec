// Every kind of public page in Lighthouse on a phone's profile: performance, accessibility, best practices, SEO.
//
//   make lighthouse                          all kinds of pages
//   node scripts/lighthouse/run.mjs /ledger  one page; --all names every audit that did not pass in full
//
// It starts a server of its own with the shipped record, measures in Debian's Chromium without any other address than
// this server's, prints a table, and fails where a page has less than 99 in anything. `--url=http://…` measures a server
// that is running already; `--least=95` is content with less; `--runs=3` takes the middle of three where a page is slow.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

const HERE = join(dirname(fileURLToPath(import.meta.url)), "../..");
const KINDS = {
  home: "/",
  formats: "/formats",
  format: "/formats/ca-japan",
  meeting: "/meetings/ca-japan/2020-08-11-special-video-ministerial",
  outcome: "/outcomes/ca-japan/2020-08-11-special-video-ministerial/medical-equipment-grants",
  ledger: "/ledger?by=JP&state=unknown",
  "whole ledger": "/ledger",
  state: "/states/KG",
  person: "/people/wang-yi",
  topic: "/topics/water",
  compare: "/compare",
  search: "/search",
  changes: "/changes",
  data: "/data",
  "error report": "/acts/error.reported",
  acts: "/acts/",
  "in Japanese": "/ja/meetings/ca-japan/2020-08-11-special-video-ministerial",
  "in Russian": "/ru/ledger",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const options = Object.fromEntries(
  process.argv.slice(2).filter((a) => a.startsWith("--")).map((a) => a.slice(2).split("=")),
);
const asked = process.argv.slice(2).filter((a) => !a.startsWith("--"));
const least = Number(options.least ?? 99);
const runs = Number(options.runs ?? 3);

function freePort() {
  return new Promise((done) => {
    const held = createServer().listen(0, "127.0.0.1", () => {
      const { port } = held.address();
      held.close(() => done(port));
    });
  });
}

async function openServer() {
  const data = mkdtempSync(join(tmpdir(), "suhbat-lighthouse-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { ...process.env, SUHBAT_DATA: data, SUHBAT_ORIGIN: url, SUHBAT_REHEARSAL: "" };
  const suhbat = existsSync(join(HERE, ".venv/bin/suhbat")) ? join(HERE, ".venv/bin/suhbat") : "suhbat";
  for (const args of [["prepare"], ["archive", "load", "--quiet"]]) {
    const done = spawnSync(suhbat, args, { env, cwd: HERE, encoding: "utf8" });
    if (done.status !== 0) throw new Error(done.stderr || done.stdout);
  }
  const server = spawn(suhbat, ["serve", "--port", String(port)], { env, cwd: HERE, stdio: "ignore" });
  for (let n = 0; n < 100; n += 1) {
    const there = await fetch(url).then((answer) => answer.ok, () => false);
    if (there) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  const close = () => {
    server.kill();
    rmSync(data, { recursive: true, force: true });
  };
  return { url, close };
}

async function look(url, port, left = 3) {
  const { lhr } = await lighthouse(url, { port, output: "json", logLevel: "silent", onlyCategories: CATEGORIES });
  if (!lhr.runtimeError) return lhr;
  if (left > 0) return look(url, port, left - 1); // a busy machine: Chromium lost the beginning of its trace
  throw new Error(`${url}: ${lhr.runtimeError.message}`);
}

async function measure(url, port) {
  const lhr = await look(url, port);
  const scores = CATEGORIES.map((name) => Math.round(100 * lhr.categories[name].score));
  const short = Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs
      .filter(({ id, weight }) => {
        const { score } = lhr.audits[id];
        return score !== null && score < ("all" in options ? 1 : 0.9) && (weight > 0 || "all" in options);
      })
      .map(({ id }) => `${id}${lhr.audits[id].displayValue ? ` (${lhr.audits[id].displayValue})` : ""}`),
  );
  const where = Object.values(lhr.audits)
    .filter((audit) => audit.score !== null && audit.score < 1)
    .flatMap((audit) => (audit.details?.items ?? []).slice(0, 6).map((item) => `${audit.id}: ${item.node?.snippet ?? item.url ?? ""}`));
  const bytes = lhr.audits["network-requests"].details.items.reduce((sum, each) => sum + (each.transferSize || 0), 0);
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  return { scores, short, where, kB: Math.round(bytes / 1000), requests: lhr.audits["network-requests"].details.items.length, shift };
}

const middle = (measured) => measured.sort((a, b) => a.scores[0] - b.scores[0])[Math.floor(measured.length / 2)];
const server = options.url ? { url: options.url, close() { /* not ours to end */ } } : await openServer();
const chrome = await launch({
  chromePath: process.env.SUHBAT_CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"],
});
let failed = 0;
try {
  console.log(`| page | ${CATEGORIES.join(" | ")} | kB | requests | layout shift |\n|---|${"---|".repeat(CATEGORIES.length + 3)}`);
  for (const [kind, path] of asked.length > 0 ? asked.map((each) => [each, each]) : Object.entries(KINDS)) {
    const taken = [await measure(server.url + path, chrome.port)];
    while (taken.length < runs && taken.some((each) => each.scores[0] < least)) taken.push(await measure(server.url + path, chrome.port));
    const found = middle(taken);
    failed += found.scores.some((score) => score < least) || found.kB > 70 || found.requests > 6 ? 1 : 0;
    console.log(`| ${kind} | ${found.scores.join(" | ")} | ${found.kB} | ${found.requests} | ${found.shift.toFixed(3)} |`);
    if (found.short.length > 0) console.log(`<!-- ${kind}: ${[...new Set(found.short)].join(", ")} -->`);
    if ("all" in options) for (const each of found.where) console.log(`     ${each}`);
  }
} finally {
  await chrome.kill();
  server.close();
}
process.exitCode = failed ? 1 : 0;
if (failed) console.error(`${failed} pages have less than ${least} somewhere, or more than 70 kB or 6 requests.`);
