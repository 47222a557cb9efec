// What the browser tests ask of pictures: of their words, their contrast, their looks, and of them on paper.
const DRAWN = 'figure.picture, svg, .multiples, .money-row, .money-format, .key, .legend, .lifeline, .heat, .chairing';
const SMALLEST = 10;
const styleOf = (each, part) => getComputedStyle(each, part);
const all = (kind) => [...document.querySelectorAll(kind)].filter((each) => !each.closest('.unseen'));

/** Words of pictures that are too small, cut off, hidden in part, or written upon their neighbours. */
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
  const [red, green, blue] = rgba(colour).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

/** The colour that something stands on. */
function ground(each) {
  for (let at = each; at; at = at.parentElement) {
    const colour = styleOf(at).backgroundColor;
    if (rgba(colour)[3] > 250) return colour;
  }
  return 'white';
}

/** The better of a mark's line and filling. */
function ink(each, on) {
  const { fill, stroke } = styleOf(each);
  const inks = [fill, stroke].filter((colour) => colour !== 'none' && !colour.startsWith('url'));
  return Math.max(...inks.map((colour) => contrast(colour, on)));
}

const MARKS = [
  ['.columns rect'], ['.range'], ['.dot'], ['.strip .now'], ['.hatch-line', '.hatch-ground'], ['.s-five', '.s-open'],
  ['.t-kept', '.t-open'], ['.t-bound', '.t-open'],
];
const ENOUGH_FOR_WORDS = 4.5;
const ENOUGH_FOR_MARKS = 3;

/** Each mark's contrast with what it stands on; words, which need more, are measured in the same coin. */
function contrasts() {
  const paper = ground(document.body);
  const made = [...document.querySelectorAll('[id^=lv-]')].map((each) => [each.id, ink(each, paper)]);
  for (const [kind, under] of MARKS) {
    for (const each of [...document.querySelectorAll(kind)].slice(0, 40)) {
      const on = under ? styleOf(document.querySelector(under)).fill : ground(each);
      made.push([kind, ink(each, on)]);
    }
  }
  for (const each of all('.share, .track, .swatch')) {
    made.push([`edge of .${each.classList[0]}`, contrast(styleOf(each).borderTopColor, ground(each.parentElement))]);
  }
  for (const each of all('.lifeline li')) {
    made.push([`.lifeline ${each.className}`, contrast(styleOf(each, '::before').borderTopColor, ground(each))]);
  }
  for (const each of all('.heat td, .axis text, .key li, .legend span')) {
    const { color, fill } = styleOf(each);
    const word = contrast(each.tagName === 'text' ? fill : color, ground(each));
    if (each.textContent.trim() !== '·') made.push([`words of ${each.className}`, (word * ENOUGH_FOR_MARKS) / ENOUGH_FOR_WORDS]);
  }
  return made;
}

/** How a box looks to who sees no colours: its edge, corners, turn, size, and whether it is full, empty or patterned. */
function look(each, part) {
  const style = styleOf(each, part);
  const empty = [styleOf(document.body).backgroundColor, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
  const inside = style.backgroundImage === 'none' ? (empty ? 'empty' : 'full') : 'pattern';
  return [style.borderTopStyle, style.borderTopLeftRadius, style.transform, inside, style.height].join(' ');
}

/** By sort of mark: what each is called, and how it looks without its colour. */
function looks() {
  const told = {};
  const tell = (sort, name, how) => { (told[sort] ??= {})[name] = how; };
  const paper = styleOf(document.body).backgroundColor;
  for (const each of document.querySelectorAll('[id^=lv-]')) {
    tell('level', each.id, [each.tagName, each.getAttribute('d'), styleOf(each).fill === paper].join(' '));
  }
  for (const each of all('.lifeline li')) tell('life', each.className.trim(), look(each, '::before'));
  for (const each of all('.legend span')) tell('legend', each.className, look(each, '::before'));
  for (const each of all('.swatch')) tell('swatch', each.className, look(each));
  for (const each of all('main .chip')) tell('chip', each.classList[1], look(each, '::before'));
  for (const each of all('.track rect')) tell('bar', each.classList[0], `${each.getAttribute('height')} ${each.matches('.t-open')}`);
  for (const each of all('.share rect')) {
    tell('share', each.classList[0], each.matches('.s-open') ? 'empty' : (each.getAttribute('fill') ?? 'full'));
  }
  for (const each of all('.stacked rect')) tell('stack', each.className.baseVal || 'solid', styleOf(each).strokeDasharray);
  return told;
}

/** What of pictures and tables is not seen, and whether anything stands out at the right of the paper. */
function hidden() {
  const seen = (each) => each.getBoundingClientRect().height > 0 && each.checkVisibility({ visibilityProperty: true });
  const pictures = all('svg.strip, svg.columns, svg.track, svg.share, svg.axis, .lifeline');
  const tables = all('main table, dl.sum');
  const name = (each) => `${each.tagName} ${each.getAttribute('class')}`;
  return {
    looked: [pictures.length, tables.length],
    faults: [...pictures, ...tables].filter((each) => !seen(each)).map(name),
  };
}

/** Pictures that have no table or no file in their figure or section. */
function lonely() {
  return all('main svg').filter((each) => each.matches('.strip, .columns, .track, .share, .axis')).filter((each) => {
    const around = each.closest('figure, section, .cols > div');
    return !around?.querySelector('table') || !around.querySelector('a[href*=".csv"]');
  }).map((each) => each.getAttribute('class'));
}

window.pictures = { words, contrasts, looks, hidden, lonely };
