// Watches the quality of a link and reduces the picture before the sound suffers.
import type { PeerLink } from "./peer-link";
import { BEST, type Picture, type Sample, type QualityState, judge, picture } from "./line-quality";

export class BandwidthControl {
  private quality: QualityState = BEST;
  private sent: Picture | null = null;
  private sentKey = "";

  constructor(private readonly link: PeerLink) {}

  /** Check the link and set its picture: for `others` receivers in all, `large` where we have the floor. */
  async adjust(others: number, large: boolean): Promise<void> {
    if (this.link.connection !== "connected") { this.sentKey = ""; return; }
    const sample = await this.sample();
    if (sample) this.quality = judge(this.quality, sample, this.sent);
    const target = picture(this.quality.step, others, large);
    const key = JSON.stringify(target);
    if (key === this.sentKey) return;
    this.sentKey = key;
    this.sent = target;
    await this.link.limit(target);
  }

  /** The quality of what we send, as the other side and the browser report it; null before the first report. */
  private async sample(): Promise<Sample | null> {
    let loss: number | null = null, roundTrip = 0, available: number | null = null;
    const reports = await this.link.pc.getStats();
    for (const report of reports.values() as Iterable<Record<string, unknown>>) {
      if (report["type"] === "remote-inbound-rtp") {
        loss = Math.max(loss ?? 0, number(report["fractionLost"]));
        roundTrip = Math.max(roundTrip, number(report["roundTripTime"]));
      } else if (report["type"] === "candidate-pair" && report["nominated"] && typeof report["availableOutgoingBitrate"] === "number") {
        available = report["availableOutgoingBitrate"];
      }
    }
    return loss === null ? null : { loss, roundTrip, available };
  }
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
