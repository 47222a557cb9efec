// An amount as one says it, exactly; the same as `show_in_words` in ground/money.py, which a test compares it with.
export interface Words {
  /** The units of large numbers, the largest first: `[1000000000, "billion"]`. */
  readonly units: readonly (readonly [number, string])[];
  /** Whether figures and words stand together, as in Japanese. */
  readonly joined: boolean;
  readonly group: string;
  readonly decimal: string;
  /** The forms of each currency's word after a number. */
  readonly currencies: Readonly<Record<string, readonly string[]>>;
  /** How exactly it was said, with `{}` for the amount. */
  readonly patterns: Readonly<Record<string, string>>;
  /** Qualifiers after which Russian has the genitive. */
  readonly governing: readonly string[];
}

const MOST = 1e15, GAP = "\u00A0", SHORT = 1000;

/** "nearly 2 billion yen · 2,000,000,000"; empty without a number. */
export function inWords(words: Words, value: number, currency: string, qualifier: string): string {
  if (!Number.isSafeInteger(value) || value <= 0 || value > MOST) return "";
  const { number, last } = spoken(words, value), forms = words.currencies[currency];
  const figures = grouped(words, value);
  const unit = forms ? form(forms, last, words.governing.includes(qualifier)) : "";
  const sum = words.joined || !unit ? number + unit : number + GAP + unit;
  const said = (words.patterns[qualifier] ?? "{}").replace("{}", sum);
  return said === figures ? said : `${said} · ${figures}`;
}

function spoken(words: Words, value: number): { number: string; last: number } {
  const parts: string[] = [];
  let rest = value, last = value;
  for (const [unit, word] of words.units) {
    if (rest < unit) continue;
    const isShort = !words.joined && (rest % unit) % (unit / SHORT) === 0;
    const whole = Math.floor(rest / unit), thousandths = isShort ? (rest % unit) / (unit / SHORT) : 0;
    const decimals = thousandths ? words.decimal + String(thousandths).padStart(3, "0").replace(/0+$/u, "") : "";
    parts.push(grouped(words, whole) + decimals + (words.joined ? "" : GAP) + word);
    rest = isShort ? 0 : rest % unit;
    last = unit;
  }
  if (rest || parts.length === 0) { parts.push(grouped(words, rest)); last = rest; }
  return { number: parts.join(words.joined ? "" : " "), last };
}

function grouped(words: Words, value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/gu, words.group);
}

function form(forms: readonly string[], value: number, governed: boolean): string {
  if (forms.length < 3) return (value === 1 ? forms[0] : forms.at(-1)) ?? "";
  const category = new Intl.PluralRules("ru").select(value), many = forms[2] ?? "";
  if (governed) return category === "one" ? forms[3] ?? forms[1] ?? "" : many;
  return { one: forms[0], few: forms[1] }[category as string] ?? many;
}
