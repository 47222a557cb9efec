// The link to one peer: an RTCPeerConnection with perfect negotiation, one audio and one video track each way.
//
// The two transceivers are created once. Camera, microphone and the floor change only their tracks, so that nothing is
// negotiated again while people talk.
import { type Health, ignores, isPolite, leads, nextStep } from "./perfect-negotiation";
import { SOUND_BITRATE, type Picture } from "./line-quality";

/** The tracks that this browser sends; null means none of the kind. */
export interface Local { readonly audio: MediaStreamTrack | null; readonly video: MediaStreamTrack | null }
export type Kind = keyof Local;

export interface LinkEvents {
  send(data: object): void;
  track(kind: Kind, track: MediaStreamTrack): void;
  state(state: RTCPeerConnectionState): void;
}

interface Message {
  /** The id of the sender's connection object; `for` is the receiver's, as the sender knows it. */
  readonly run?: string;
  readonly for?: string;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidates?: readonly RTCIceCandidateInit[];
  readonly ask?: boolean;
}

const SMALLEST_HEIGHT = 90;
const random = () => Math.random().toString(36).slice(2, 10);

export class PeerLink {
  pc!: RTCPeerConnection;
  private run = "";
  private theirRun = "";
  private makingOffer = false;
  private answerPending = false;
  private candidates: RTCIceCandidateInit[] = [];
  private earlyCandidates: RTCIceCandidateInit[] = [];
  private queue: Promise<void> = Promise.resolve();
  private lastAttempt = Date.now();
  private attempts = 0;
  private ended = false;
  readonly leads: boolean;
  private readonly polite: boolean;

  constructor(me: string, other: string, private ice: RTCIceServer[], private local: Local, private readonly events: LinkEvents) {
    this.leads = leads(me, other);
    this.polite = isPolite(me, other);
    this.create();
  }

  get connection(): RTCPeerConnectionState {
    return this.pc.connectionState;
  }

  sender(kind: Kind): RTCRtpSender | null {
    return this.transceiver(kind)?.sender ?? null;
  }

  /** Send other tracks from now on, without a new negotiation. */
  replace(local: Local): void {
    this.local = local;
    for (const kind of ["audio", "video"] as const) {
      const sender = this.sender(kind);
      if (sender && sender.track !== local[kind]) sender.replaceTrack(local[kind]).catch(() => { /* the link was closed meanwhile */ });
    }
  }

  /** Use other STUN and TURN servers from now on; an open connection stays open. */
  relays(ice: RTCIceServer[]): void {
    this.ice = ice;
    if (this.pc.signalingState !== "closed") this.pc.setConfiguration({ iceServers: ice, bundlePolicy: "max-bundle" });
  }

  /** Handle messages of the other side, one after the other. */
  receive(message: Message): void {
    this.queue = this.queue.then(() => this.handle(message)).catch((error: unknown) => {
      if (!this.ended) console.warn("negotiation", error);
    });
  }

  /** Check the connection and repair it; called every second or two. */
  checkHealth(reachable: boolean): void {
    const now = Date.now();
    const health: Health = {
      connection: this.connection, signalling: this.pc.signalingState, leads: this.leads, reachable,
      quietFor: now - this.lastAttempt, attempts: this.attempts,
    };
    const step = nextStep(health);
    if (step === "nothing") return;
    this.lastAttempt = now;
    this.attempts++;
    if (step === "repeat") this.send({ description: this.pc.localDescription?.toJSON() });
    else if (step === "ask") this.send({ ask: true });
    else if (step === "restart") this.restart();
    else { this.create(); this.theirRun = ""; }
  }

  /** Try at once: the live connection is back, or the machine woke up. */
  retryNow(): void {
    this.attempts = 0;
    if (this.connection !== "connected") this.lastAttempt = 0;
  }

  /** Limit the picture; null sends none. Sound has priority. */
  async limit(picture: Picture | null): Promise<void> {
    const video = this.sender("video"), audio = this.sender("audio");
    if (video) await encode(video, (encoding) => {
      encoding.active = picture !== null;
      encoding.priority = "low";
      encoding.networkPriority = "low";
      if (!picture) return;
      encoding.maxBitrate = picture.bitrate;
      encoding.maxFramerate = picture.frames;
      encoding.scaleResolutionDownBy = scaled(picture.scale, video.track?.getSettings().height);
    });
    if (audio) await encode(audio, (encoding) => {
      encoding.priority = "high";
      encoding.networkPriority = "high";
      encoding.maxBitrate = SOUND_BITRATE;
    });
  }

  close(): void {
    this.ended = true;
    this.pc.close();
  }

  private create(): void {
    if (this.run) this.pc.close();
    this.run = random();
    this.candidates = [];
    this.earlyCandidates = [];
    this.makingOffer = false;
    this.answerPending = false;
    const pc = new RTCPeerConnection({ iceServers: this.ice, bundlePolicy: "max-bundle" });
    this.pc = pc;
    pc.onnegotiationneeded = () => void this.offer(pc);
    pc.onicecandidate = ({ candidate }) => { if (candidate) this.gather(candidate.toJSON()); };
    pc.ontrack = ({ track, transceiver }) => {
      if (this.transceiver(track.kind as Kind) === transceiver) this.events.track(track.kind as Kind, track);
    };
    pc.onconnectionstatechange = () => this.connectionChanged(pc);
    if (this.leads) {
      const streams = [new MediaStream()];
      for (const kind of ["audio", "video"] as const) {
        const { sender } = pc.addTransceiver(kind, { direction: "sendrecv", streams });
        void sender.replaceTrack(this.local[kind]);
      }
    }
  }

  private connectionChanged(pc: RTCPeerConnection): void {
    if (pc !== this.pc || this.ended) return;
    if (pc.connectionState === "connected") this.attempts = 0;
    else if (pc.connectionState === "disconnected" || pc.connectionState === "failed") {
      this.lastAttempt = pc.connectionState === "failed" ? 0 : Date.now();
    }
    this.events.state(pc.connectionState);
  }

  private async offer(pc: RTCPeerConnection): Promise<void> {
    if (pc !== this.pc) return;
    try {
      this.makingOffer = true;
      await pc.setLocalDescription();
      if (pc === this.pc) this.send({ description: pc.localDescription?.toJSON() });
    } catch (error) {
      if (!this.ended) console.warn("offer", error);
    } finally {
      this.makingOffer = false;
    }
  }

  private restart(): void {
    if (this.pc.signalingState === "have-local-offer") this.send({ description: this.pc.localDescription?.toJSON() });
    else if (this.leads || this.pc.remoteDescription) this.pc.restartIce();
  }

  private async handle(message: Message): Promise<void> {
    if (this.ended) return;
    const run = message.run ?? "";
    if (message.ask && this.leads) { this.answerRequest(); return; }
    if (message.for && message.for !== this.run) return; // for an earlier connection
    if (message.description?.type === "offer" && this.theirRun && run !== this.theirRun) this.create(); // theirs is new, so ours is too
    else if (this.theirRun && run !== this.theirRun) return; // a late message from an earlier connection
    if (message.description) await this.applyDescription(message.description, run);
    if (message.candidates) await this.add(message.candidates);
  }

  private async applyDescription(description: RTCSessionDescriptionInit, run: string): Promise<void> {
    const { pc } = this;
    if (description.type === "offer" && ignores(this.polite, this.makingOffer, pc.signalingState, this.answerPending)) return;
    if (description.type === "answer" && pc.signalingState !== "have-local-offer") return; // answered before
    this.theirRun = run;
    this.answerPending = description.type === "answer";
    await pc.setRemoteDescription(description).finally(() => { this.answerPending = false; });
    await this.add(this.earlyCandidates.splice(0));
    if (description.type !== "offer") return;
    this.attach();
    await pc.setLocalDescription();
    if (pc === this.pc) this.send({ description: pc.localDescription?.toJSON() });
  }

  // The answering side sends on the transceivers that the offer created.
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
    if (!this.pc.remoteDescription) { this.earlyCandidates.push(...candidates); return; }
    for (const candidate of candidates) await this.pc.addIceCandidate(candidate).catch(() => { /* of an ignored offer */ });
  }

  private answerRequest(): void {
    if (this.connection === "connected") { this.pc.restartIce(); return; } // they see a failure that we do not see yet
    if (this.pc.signalingState === "have-local-offer") this.send({ description: this.pc.localDescription?.toJSON() });
    else if (this.pc.remoteDescription) this.pc.restartIce();
    this.lastAttempt = Date.now();
  }

  // Several candidates come at once: one signal carries them all.
  private gather(candidate: RTCIceCandidateInit): void {
    this.candidates.push(candidate);
    if (this.candidates.length > 1) return;
    setTimeout(() => { if (this.candidates.length > 0) this.send({ candidates: this.candidates.splice(0) }); }, 60);
  }

  private send(data: object): void {
    if (!this.ended) this.events.send({ run: this.run, for: this.theirRun, ...data });
  }

  private transceiver(kind: Kind): RTCRtpTransceiver | undefined {
    return this.pc.getTransceivers().find((transceiver) => transceiver.receiver.track.kind === kind);
  }
}

// A small picture is not scaled below what an encoder accepts.
function scaled(scale: number, height: number | undefined): number {
  return Math.max(1, height ? Math.min(scale, height / SMALLEST_HEIGHT) : scale);
}

async function encode(sender: RTCRtpSender, change: (encoding: RTCRtpEncodingParameters) => void): Promise<void> {
  const parameters = sender.getParameters();
  if (!parameters.encodings?.length) return;
  parameters.encodings.forEach(change);
  await sender.setParameters(parameters).catch(() => { /* negotiated again meanwhile: the next adjustment sets it */ });
}
