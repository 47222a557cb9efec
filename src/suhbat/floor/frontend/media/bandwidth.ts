// Watches how a link fares and takes the picture back before the sound suffers.
import type { Link } from "./peer-link";
import { BEST, type Picture, type Sample, type Standing, judge, picture } from "./line-quality";

export class Governor {
  standing: Standing = BEST;
  private sent: Picture | null = null;
  private set = "";

  constructor(private readonly link: Link) {}

  /** Look at the link and set what it sends; `others` receive the same picture, `large` where we have the floor. */
  async look(others: number, large: boolean): Promise<void> {
    if (this.link.connection !== "connected") { this.set = ""; return; }
    const sample = await this.sample();
    if (sample) this.standing = judge(this.standing, sample, this.sent);
    const wanted = picture(this.standing.step, others, large);
    const key = JSON.stringify(wanted);
    if (key === this.set) return;
    this.set = key;
    this.sent = wanted;
    await this.link.limit(wanted);
  }

  /** The way out as the other side and the browser report it; null before the first report. */
  private async sample(): Promise<Sample | null> {
    let loss: number | null = null, roundTrip = 0, available: number | null = null;
    (await this.link.pc.getStats()).forEach((report: Record<string, unknown>) => {
      if (report["type"] === "remote-inbound-rtp") {
        loss = Math.max(loss ?? 0, number(report["fractionLost"]));
        roundTrip = Math.max(roundTrip, number(report["roundTripTime"]));
      } else if (report["type"] === "candidate-pair" && report["nominated"] && typeof report["availableOutgoingBitrate"] === "number") {
        available = report["availableOutgoingBitrate"];
      }
    });
    return loss === null ? null : { loss, roundTrip, available };
  }
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
