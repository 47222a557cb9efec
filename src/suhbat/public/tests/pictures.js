// Helpers of the browser tests for charts: their words, contrast and shapes, on the screen and on paper.
const DRAWN = 'figure.picture, svg, .multiples, .money-row, .money-format, .key, .legend, .lifeline, .heat, .chairing';
const SMALLEST = 10;
const styleOf = (element, part) => getComputedStyle(element, part);
const all = (kind) => [...document.querySelectorAll(kind)].filter((element) => !element.closest('.unseen'));

/** Words in charts that are too small, cut off, partly hidden, or over their neighbours. */
function words() {
  const faults = [];
  const last = new Map();
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  let looked = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement;
    const drawn = at.closest(DRAWN) && !at.closest('.unseen, title, thead') && at.checkVisibility();
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!node.data.trim() || !drawn || !box.width) continue;
    looked += 1;
    const fault = (what) => faults.push(`${node.data.trim().slice(0, 30)}: ${what}`);
    const size = parseFloat(styleOf(at).fontSize) * Math.abs(at.getScreenCTM?.()?.a ?? 1);
    if (size < SMALLEST) fault(`${size} px`);
    if (!at.closest('.scroll') && (box.left < -0.5 || box.right > innerWidth + 0.5)) fault('cut off');
    for (let around = at; around.tagName !== 'MAIN'; around = around.parentElement) {
      const clipped = styleOf(around).overflowX === 'hidden' && around.scrollWidth > around.clientWidth + 1;
      if (clipped) fault('hidden in part');
    }
    if (at.tagName === 'text') {
      if (box.left < (last.get(at.ownerSVGElement) ?? -1)) fault('upon its neighbour');
      last.set(at.ownerSVGElement, box.right);
    }
  }
  return { looked, faults };
}

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

function rgba(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour) {
  const [red, green, blue] = rgba(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

/** The background colour of an element. */
function ground(element) {
  for (let at = element; at; at = at.parentElement) {
    const colour = styleOf(at).backgroundColor;
    if (rgba(colour)[3] > 250) return colour;
  }
  return 'white';
}

/** The contrast of a mark with its background: the better one of line and fill. */
function ink(element, on) {
  const { fill, stroke } = styleOf(element);
  const inks = [fill, stroke].filter((colour) => colour !== 'none' && !colour.startsWith('url'));
  return Math.max(...inks.map((colour) => contrast(colour, on)));
}

const MARKS = [
  ['.columns rect'], ['.range'], ['.dot'], ['.strip .now'], ['.hatch-line', '.hatch-ground'], ['.s-five', '.s-open'],
  ['.t-kept', '.t-open'], ['.t-bound', '.t-open'],
];
const ENOUGH_FOR_WORDS = 4.5;
const ENOUGH_FOR_MARKS = 3;

/** The contrast of every mark with its background. Words need more contrast, so their values are scaled down. */
function contrasts() {
  const paper = ground(document.body);
  const measured = [...document.querySelectorAll('[id^=lv-]')].map((element) => [element.id, ink(element, paper)]);
  for (const [kind, under] of MARKS) {
    for (const element of [...document.querySelectorAll(kind)].slice(0, 40)) {
      const on = under ? styleOf(document.querySelector(under)).fill : ground(element);
      measured.push([kind, ink(element, on)]);
    }
  }
  for (const element of all('.share, .track, .swatch')) {
    measured.push([`edge of .${element.classList[0]}`, contrast(styleOf(element).borderTopColor, ground(element.parentElement))]);
  }
  for (const element of all('.lifeline li')) {
    measured.push([`.lifeline ${element.className}`, contrast(styleOf(element, '::before').borderTopColor, ground(element))]);
  }
  for (const element of all('.heat td, .axis text, .key li, .legend span')) {
    const { color, fill } = styleOf(element);
    const word = contrast(element.tagName === 'text' ? fill : color, ground(element));
    if (element.textContent.trim() !== '·') measured.push([`words of ${element.className}`, (word * ENOUGH_FOR_MARKS) / ENOUGH_FOR_WORDS]);
  }
  return measured;
}

/** The look of a box without colours: border, corners, transform, size, and whether it is full, empty or patterned. */
function look(element, part) {
  const style = styleOf(element, part);
  const empty = [styleOf(document.body).backgroundColor, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
  const inside = style.backgroundImage === 'none' ? (empty ? 'empty' : 'full') : 'pattern';
  return [style.borderTopStyle, style.borderTopLeftRadius, style.transform, inside, style.height].join(' ');
}

/** By sort of mark: the names of the marks, and their look without colour. */
function looks() {
  const byName = {};
  const add = (sort, name, how) => { (byName[sort] ??= {})[name] = how; };
  const paper = styleOf(document.body).backgroundColor;
  for (const element of document.querySelectorAll('[id^=lv-]')) {
    add('level', element.id, [element.tagName, element.getAttribute('d'), styleOf(element).fill === paper].join(' '));
  }
  for (const element of all('.lifeline li')) add('life', element.className.trim(), look(element, '::before'));
  for (const element of all('.legend span')) add('legend', element.className, look(element, '::before'));
  for (const element of all('.swatch')) add('swatch', element.className, look(element));
  for (const element of all('main .chip')) add('chip', element.classList[1], look(element, '::before'));
  for (const element of all('.track rect')) add('bar', element.classList[0], `${element.getAttribute('height')} ${element.matches('.t-open')}`);
  for (const element of all('.share rect')) {
    add('share', element.classList[0], element.matches('.s-open') ? 'empty' : (element.getAttribute('fill') ?? 'full'));
  }
  for (const element of all('.stacked rect')) add('stack', element.className.baseVal || 'solid', styleOf(element).strokeDasharray);
  return byName;
}

/** The charts and tables that are not visible. */
function hidden() {
  const seen = (element) => element.getBoundingClientRect().height > 0 && element.checkVisibility({ visibilityProperty: true });
  const pictures = all('svg.strip, svg.columns, svg.track, svg.share, svg.axis, .lifeline');
  const tables = all('main table, dl.sum');
  const name = (element) => `${element.tagName} ${element.getAttribute('class')}`;
  return {
    looked: [pictures.length, tables.length],
    faults: [...pictures, ...tables].filter((element) => !seen(element)).map(name),
  };
}

/** Charts that have no table or no CSV file in their figure or section. */
function lonely() {
  return all('main svg').filter((element) => element.matches('.strip, .columns, .track, .share, .axis')).filter((element) => {
    const around = element.closest('figure, section, .cols > div');
    return !around?.querySelector('table') || !around.querySelector('a[href*=".csv"]');
  }).map((element) => element.getAttribute('class'));
}

window.pictures = { words, contrasts, looks, hidden, lonely };
