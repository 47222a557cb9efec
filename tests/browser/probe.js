// Runs before the page's own scripts: keeps the connections that the page makes, and the camera and microphone
// that it is given, so that a test can ask how they fare.
window.probe = { all: [], notes: [], tracks: [], asked: 0, here: [] };
const Native = window.RTCPeerConnection;
if (Native) {
  window.RTCPeerConnection = class extends Native {
    constructor(...given) { super(...given); window.probe.all.push(this); }
  };
}
// Each participant has a fake camera of its own: Chromium's stalls now and then where several share one.
const given = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
const ask = given && (async (wanted) => {
  const stream = await given(wanted);
  window.probe.tracks.push(...stream.getTracks());
  return stream;
});
if (ask) {
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.probe.asked += 1;
    if (window.probe.refused) throw new DOMException("The person said no.", "NotAllowedError");
    if (!wanted.video) return ask(wanted);
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "videoinput");
    const own = cameras[window.probe.camera % cameras.length];
    return ask({ ...wanted, video: { ...wanted.video, ...(own?.deviceId ? { deviceId: { exact: own.deviceId } } : {}) } });
  };
}
// Who is on the page's live line, as its process of the server tells it.
const Source = window.EventSource;
window.EventSource = class extends Source {
  constructor(...given) {
    super(...given);
    this.addEventListener("here", ({ data }) => { window.probe.here = JSON.parse(data).peers.map((each) => each.delegation); });
  }
};
window.probe.open = () => window.probe.all.filter((each) => each.signalingState !== "closed");
window.probe.live = () => window.probe.tracks.filter((each) => each.readyState === "live").map((each) => each.kind);
window.probe.made = () => window.probe.all.length;
// Per open connection: state, frames decoded, sound packets received and sent.
window.probe.report = async () => Promise.all(window.probe.open().map(async (pc) => {
  const seen = { id: window.probe.all.indexOf(pc), state: pc.connectionState, frames: 0, heard: 0, energy: 0, sent: 0 };
  (await pc.getStats()).forEach((each) => {
    if (each.type === "inbound-rtp" && each.kind === "video") seen.frames += each.framesDecoded || 0;
    if (each.type === "inbound-rtp" && each.kind === "audio") {
      seen.heard += each.packetsReceived || 0; seen.energy += each.totalAudioEnergy || 0;
    }
    if (each.type === "outbound-rtp" && each.kind === "audio") seen.sent += each.packetsSent || 0;
  });
  return seen;
}));
window.probe.voices = () => Object.fromEntries([...document.querySelectorAll("audio[data-peer]")]
  .map((each) => [each.dataset.delegation, !each.muted && !each.paused]));
window.probe.tiles = () => Object.fromEntries([...document.querySelectorAll(".tile[data-delegation]")]
  .map((each) => [each.dataset.delegation, { ...each.dataset, words: each.querySelector("[data-media-words]")?.textContent }]));
// Acts as the page's script performs them, and what the server acknowledged.
window.probe.meeting = () => JSON.parse(document.getElementById("media-facts").textContent).live.replace(/^.*\/live\//, "");
window.probe.act = async (name, wish) => {
  const answer = await fetch(`/acts/${name}`, {
    method: "POST", body: JSON.stringify(wish), headers: { "content-type": "application/json", accept: "application/json" },
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(said));
  return said.entry;
};
window.probe.acknowledged = [];
window.probe.keepActing = (name, wish) => {
  window.probe.acting = true;
  void (async () => {
    while (window.probe.acting) {
      try { window.probe.acknowledged.push((await window.probe.act(name, wish)).number); }
      catch { await new Promise((done) => setTimeout(done, 100)); }
    }
  })();
};
window.probe.stopActing = () => { window.probe.acting = false; return window.probe.acknowledged; };
// The record beside the picture, as this page shows it and as the server draws it afresh.
window.probe.entries = (page) => [...page.querySelectorAll("[data-thread] > [data-number]")]
  .map((each) => Number(each.dataset.number)).sort((a, b) => a - b);
window.probe.fresh = async () => {
  const answer = await fetch(location.href);
  return window.probe.entries(new DOMParser().parseFromString(await answer.text(), "text/html"));
};
