// One pair of browsers: one RTCPeerConnection by perfect negotiation, one sound and one picture each way.
//
// The two transceivers are made once. Camera, microphone and the floor change only the tracks they carry, so that
// nothing is negotiated anew while people talk.
import { type Health, ignores, isPolite, leads, next } from "./perfect-negotiation";
import { SOUND_BITRATE, type Picture } from "./line-quality";

/** What this browser sends; null is nothing of the kind. */
export interface Local { readonly audio: MediaStreamTrack | null; readonly video: MediaStreamTrack | null }
export type Kind = keyof Local;

export interface LinkEvents {
  send(data: object): void;
  track(kind: Kind, track: MediaStreamTrack): void;
  state(state: RTCPeerConnectionState): void;
}

interface Message {
  /** Names the sender's connection object, `for` the receiver's as the sender knows it. */
  readonly run?: string;
  readonly for?: string;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidates?: readonly RTCIceCandidateInit[];
  readonly ask?: boolean;
}

const SMALLEST_HEIGHT = 90;
const random = () => Math.random().toString(36).slice(2, 10);

export class Link {
  pc!: RTCPeerConnection;
  private run = "";
  private theirs = "";
  private makingOffer = false;
  private answerPending = false;
  private candidates: RTCIceCandidateInit[] = [];
  private early: RTCIceCandidateInit[] = [];
  private work: Promise<void> = Promise.resolve();
  private lastTry = Date.now();
  private attempts = 0;
  private ended = false;
  readonly leads: boolean;
  private readonly polite: boolean;

  constructor(me: string, other: string, private ice: RTCIceServer[], private local: Local, private readonly events: LinkEvents) {
    this.leads = leads(me, other);
    this.polite = isPolite(me, other);
    this.make();
  }

  get connection(): RTCPeerConnectionState {
    return this.pc.connectionState;
  }

  sender(kind: Kind): RTCRtpSender | null {
    return this.transceiver(kind)?.sender ?? null;
  }

  /** Send other tracks from now on; nobody's picture is shaken. */
  replace(local: Local): void {
    this.local = local;
    for (const kind of ["audio", "video"] as const) {
      const sender = this.sender(kind);
      if (sender && sender.track !== local[kind]) sender.replaceTrack(local[kind]).catch(() => { /* the link was closed meanwhile */ });
    }
  }

  /** Find each other by other servers from now on; what is connected stays so. */
  relays(ice: RTCIceServer[]): void {
    this.ice = ice;
    if (this.pc.signalingState !== "closed") this.pc.setConfiguration({ iceServers: ice, bundlePolicy: "max-bundle" });
  }

  /** Take a message of the other side; one after the other. */
  take(message: Message): void {
    this.work = this.work.then(() => this.receive(message)).catch((fault: unknown) => {
      if (!this.ended) console.warn("negotiation", fault);
    });
  }

  /** Look after the connection; called every second or two. */
  tend(reachable: boolean): void {
    const now = Date.now();
    const health: Health = {
      connection: this.connection, signalling: this.pc.signalingState, leads: this.leads, reachable,
      quietFor: now - this.lastTry, attempts: this.attempts,
    };
    const step = next(health);
    if (step === "nothing") return;
    this.lastTry = now;
    this.attempts++;
    if (step === "repeat") this.tell({ description: this.pc.localDescription?.toJSON() });
    else if (step === "ask") this.tell({ ask: true });
    else if (step === "restart") this.restart();
    else { this.make(); this.theirs = ""; }
  }

  /** Try at once: the line came back, or the machine woke. */
  hurry(): void {
    this.attempts = 0;
    if (this.connection !== "connected") this.lastTry = 0;
  }

  /** Limit the picture; null sends none. Sound comes first on the way out. */
  async limit(picture: Picture | null): Promise<void> {
    const video = this.sender("video"), audio = this.sender("audio");
    if (video) await encode(video, (encoding) => {
      encoding.active = picture !== null;
      encoding.priority = encoding.networkPriority = "low";
      if (!picture) return;
      encoding.maxBitrate = picture.bitrate;
      encoding.maxFramerate = picture.frames;
      encoding.scaleResolutionDownBy = scaled(picture.scale, video.track?.getSettings().height);
    });
    if (audio) await encode(audio, (encoding) => {
      encoding.priority = encoding.networkPriority = "high";
      encoding.maxBitrate = SOUND_BITRATE;
    });
  }

  close(): void {
    this.ended = true;
    this.pc.close();
  }

  private make(): void {
    if (this.run) this.pc.close();
    this.run = random();
    this.candidates = [];
    this.early = [];
    this.makingOffer = this.answerPending = false;
    const pc = new RTCPeerConnection({ iceServers: this.ice, bundlePolicy: "max-bundle" });
    this.pc = pc;
    pc.onnegotiationneeded = () => void this.offer(pc);
    pc.onicecandidate = ({ candidate }) => { if (candidate) this.gather(candidate.toJSON()); };
    pc.ontrack = ({ track, transceiver }) => {
      if (this.transceiver(track.kind as Kind) === transceiver) this.events.track(track.kind as Kind, track);
    };
    pc.onconnectionstatechange = () => this.changed(pc);
    if (this.leads) {
      const streams = [new MediaStream()];
      for (const kind of ["audio", "video"] as const) {
        const { sender } = pc.addTransceiver(kind, { direction: "sendrecv", streams });
        void sender.replaceTrack(this.local[kind]);
      }
    }
  }

  private changed(pc: RTCPeerConnection): void {
    if (pc !== this.pc || this.ended) return;
    if (pc.connectionState === "connected") this.attempts = 0;
    else if (pc.connectionState === "disconnected" || pc.connectionState === "failed") {
      this.lastTry = pc.connectionState === "failed" ? 0 : Date.now();
    }
    this.events.state(pc.connectionState);
  }

  private async offer(pc: RTCPeerConnection): Promise<void> {
    if (pc !== this.pc) return;
    try {
      this.makingOffer = true;
      await pc.setLocalDescription();
      if (pc === this.pc) this.tell({ description: pc.localDescription?.toJSON() });
    } catch (fault) {
      if (!this.ended) console.warn("offer", fault);
    } finally {
      this.makingOffer = false;
    }
  }

  private restart(): void {
    if (this.pc.signalingState === "have-local-offer") this.tell({ description: this.pc.localDescription?.toJSON() });
    else if (this.leads || this.pc.remoteDescription) this.pc.restartIce();
  }

  private async receive(message: Message): Promise<void> {
    if (this.ended) return;
    const run = message.run ?? "";
    if (message.ask && this.leads) { this.answerAsked(); return; }
    if (message.for && message.for !== this.run) return; // meant for a connection that is no more
    if (message.description?.type === "offer" && this.theirs && run !== this.theirs) this.make(); // they began anew: so do we
    else if (this.theirs && run !== this.theirs) return; // a late word from a connection that is no more
    if (message.description) await this.describe(message.description, run);
    if (message.candidates) await this.add(message.candidates);
  }

  private async describe(description: RTCSessionDescriptionInit, run: string): Promise<void> {
    const pc = this.pc;
    if (description.type === "offer" && ignores(this.polite, this.makingOffer, pc.signalingState, this.answerPending)) return;
    if (description.type === "answer" && pc.signalingState !== "have-local-offer") return; // answered before
    this.theirs = run;
    this.answerPending = description.type === "answer";
    await pc.setRemoteDescription(description).finally(() => { this.answerPending = false; });
    await this.add(this.early.splice(0));
    if (description.type !== "offer") return;
    this.attach();
    await pc.setLocalDescription();
    if (pc === this.pc) this.tell({ description: pc.localDescription?.toJSON() });
  }

  // The answering side sends on the transceivers that the offer made.
  private attach(): void {
    const stream = new MediaStream();
    for (const kind of ["audio", "video"] as const) {
      const transceiver = this.transceiver(kind);
      if (!transceiver) continue;
      transceiver.direction = "sendrecv";
      if (!this.leads) transceiver.sender.setStreams?.(stream);
      if (transceiver.sender.track !== this.local[kind]) void transceiver.sender.replaceTrack(this.local[kind]);
    }
  }

  private async add(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    if (!this.pc.remoteDescription) { this.early.push(...candidates); return; }
    for (const candidate of candidates) await this.pc.addIceCandidate(candidate).catch(() => { /* of an offer passed over */ });
  }

  private answerAsked(): void {
    if (this.connection === "connected") { this.pc.restartIce(); return; } // they see it broken where we do not yet
    if (this.pc.signalingState === "have-local-offer") this.tell({ description: this.pc.localDescription?.toJSON() });
    else if (this.pc.remoteDescription) this.pc.restartIce();
    this.lastTry = Date.now();
  }

  // Candidates come in a handful: one signal carries them.
  private gather(candidate: RTCIceCandidateInit): void {
    this.candidates.push(candidate);
    if (this.candidates.length > 1) return;
    setTimeout(() => { if (this.candidates.length) this.tell({ candidates: this.candidates.splice(0) }); }, 60);
  }

  private tell(data: object): void {
    if (!this.ended) this.events.send({ run: this.run, for: this.theirs, ...data });
  }

  private transceiver(kind: Kind): RTCRtpTransceiver | undefined {
    return this.pc.getTransceivers().find((each) => each.receiver.track.kind === kind);
  }
}

// A picture that is small already is not made smaller than an encoder can take.
function scaled(scale: number, height: number | undefined): number {
  return Math.max(1, height ? Math.min(scale, height / SMALLEST_HEIGHT) : scale);
}

async function encode(sender: RTCRtpSender, change: (encoding: RTCRtpEncodingParameters) => void): Promise<void> {
  const parameters = sender.getParameters();
  if (!parameters.encodings?.length) return;
  parameters.encodings.forEach(change);
  await sender.setParameters(parameters).catch(() => { /* negotiated anew meanwhile: the next look sets it */ });
}
