// Who is large on the stage, and what a screen reader is told when the floor passes or something is left behind.
import type { Saying } from "./announcer";
import { type Entry, DEEDS, begins } from "./live-record";

/** What the page says of the room and of its reader. */
export interface Facts {
  readonly meeting: string;
  readonly delegation: string;
  readonly chair: string;
  readonly large: string;
  readonly zone: string;
  readonly at: string;
  readonly turns: readonly Turn[];
  readonly panels: Readonly<Record<string, readonly string[]>>;
}

interface Turn { readonly given: string; readonly delegation: string }

const TOLD = ["meeting.", "item.", "floor.given", "floor.opened_to_all", "floor.closed_to_all", "floor.extended", ...DEEDS, "outcome."];

export class Floor {
  private readonly turns: Map<string, string>;

  constructor(private readonly facts: Facts, private readonly saying: Saying) {
    this.turns = new Map(facts.turns.map((turn) => [turn.given, turn.delegation]));
  }

  after(entry: Entry): void {
    const { act, body } = entry;
    if (act === "floor.given") this.enlarge(String(body["delegation"] ?? ""), true);
    else if (act === "floor.ended" || "ends" in body) this.quiet(act === "floor.ended" ? body["resumes"] : "");
    if (act === "floor.given" && body["delegation"] === this.facts.delegation) this.saying.say(this.saying.text("your_turn"));
    else if (begins(act, TOLD) || (act === "floor.requested" && body["kind"] === "point-of-order")) this.saying.say(entry.line);
    if (act === "floor.given") this.remember(body as unknown as Turn);
  }

  private remember(turn: Turn): void {
    this.turns.set(turn.given, turn.delegation);
  }

  // The last speaker stays large until another one begins; one who was interrupted is large again.
  private quiet(resumes: unknown): void {
    const again = this.turns.get(String(resumes ?? "")) ?? "";
    if (again) this.enlarge(again, true);
    else for (const tile of tiles()) tile.classList.remove("has-floor");
  }

  private enlarge(delegation: string, speaks: boolean): void {
    if (!document.querySelector(`.tile[data-delegation="${CSS.escape(delegation)}"]`)) return;
    for (const tile of tiles()) {
      const its = tile.dataset["delegation"] === delegation;
      tile.toggleAttribute("data-large", its);
      tile.classList.toggle("has-floor", its && speaks);
    }
  }
}

function tiles(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(".tile[data-delegation]");
}
