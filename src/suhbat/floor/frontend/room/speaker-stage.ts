// Which tile is large, and what is announced when the floor passes or an outcome is made.
import type { Announcer } from "./announcer";
import { type Entry, OUTCOME_ACTS, begins } from "./live-record";

/** The data in the page about the room and the reader. */
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

const ANNOUNCED = ["meeting.", "item.", "floor.given", "floor.opened_to_all", "floor.closed_to_all", "floor.extended", ...OUTCOME_ACTS, "outcome."];

export class SpeakerStage {
  private readonly turns: Map<string, string>;

  constructor(private readonly facts: Facts, private readonly announcer: Announcer) {
    this.turns = new Map(facts.turns.map((turn) => [turn.given, turn.delegation]));
  }

  after(entry: Entry): void {
    const { act, body } = entry;
    if (act === "floor.given") enlarge(String(body["delegation"] ?? ""), true);
    else if (act === "floor.ended" || "ends" in body) this.quiet(act === "floor.ended" ? body["resumes"] : "");
    if (act === "floor.given" && body["delegation"] === this.facts.delegation) this.announcer.announce(this.announcer.text("your_turn"));
    else if (begins(act, ANNOUNCED) || (act === "floor.requested" && body["kind"] === "point-of-order")) this.announcer.announce(entry.line);
    if (act === "floor.given") this.remember(body as unknown as Turn);
  }

  private remember(turn: Turn): void {
    this.turns.set(turn.given, turn.delegation);
  }

  // The last speaker stays large until another one begins; an interrupted speaker is large again.
  private quiet(resumes: unknown): void {
    const interrupted = this.turns.get(String(resumes ?? "")) ?? "";
    if (interrupted) enlarge(interrupted, true);
    else for (const tile of tiles()) tile.classList.remove("has-floor");
  }
}

function enlarge(delegation: string, speaks: boolean): void {
  if (!document.querySelector(`.tile[data-delegation="${CSS.escape(delegation)}"]`)) return;
  for (const tile of tiles()) {
    const isLarge = tile.dataset["delegation"] === delegation;
    tile.toggleAttribute("data-large", isLarge);
    tile.classList.toggle("has-floor", isLarge && speaks);
  }
}

function tiles(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(".tile[data-delegation]");
}
