// Draws the pages of a folder in Chromium and writes, beside each picture, where every character stands.
// Usage: node render-pages.mjs FOLDER
import { chromium } from 'playwright-core';
import fs from 'node:fs';

const folder = process.argv[2];
const jobs = JSON.parse(fs.readFileSync(`${folder}/jobs.json`));
const flags = ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files', '--hide-scrollbars', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-first-run'];

function placeOfCharacters() {
  return [...document.querySelectorAll('.line')].map(line => {
    const text = line.firstChild.firstChild;
    const block = line.parentElement;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { y, height } = range.getBoundingClientRect();
    const boxes = [];
    for (let i = 0; i < text.length; i++) {
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const { left, right } = range.getBoundingClientRect();
      boxes.push(Math.round(left * 100) / 100, Math.round(right * 100) / 100);
    }
    return { text: text.data, y, height, boxes, pixels: +block.dataset.pixels, family: block.dataset.family };
  });
}

// How glyphs are hinted and smoothed is fixed when the browser starts: one browser for each way.
const ways = Map.groupBy ? Map.groupBy(jobs, job => `${job.hinting} ${job.stripes}`) : jobs.reduce((map, job) => {
  const way = `${job.hinting} ${job.stripes}`;
  return map.set(way, [...(map.get(way) ?? []), job]);
}, new Map());

for (const group of ways.values()) {
  const env = { ...process.env };
  if (group[0].stripes) env.FONTCONFIG_FILE = new URL('./lcd-fonts.conf', import.meta.url).pathname;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', env, args: [...flags, `--font-render-hinting=${group[0].hinting}`] });
  for (const job of group) {
    const result = job.page.replace('.html', '.json');
    if (fs.existsSync(result)) continue;
    const context = await browser.newContext({ deviceScaleFactor: job.scale, offline: true, viewport: { width: 1300, height: 800 } });
    const page = await context.newPage();
    await page.goto(`file://${job.page}`);
    await page.evaluate(() => document.fonts.ready);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: 1300, height: Math.min(height + 10, 5000) });
    const lines = await page.evaluate(placeOfCharacters);
    await page.screenshot({ path: job.page.replace('.html', '.png'), timeout: 600_000 }); // Other work may stop this one for minutes.
    fs.writeFileSync(result, JSON.stringify({ scale: job.scale, lines }));
    await context.close();
  }
  await browser.close();
}
