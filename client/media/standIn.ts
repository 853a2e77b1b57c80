const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_PER_SECOND = 15;
/** Too quiet to be heard, and yet no silence, of which nothing would be sent. */
const GAIN = 0.002;

export type StandIn = { picture: MediaStreamTrack | null; sound: MediaStreamTrack | null; stop(): void };

/** A drawn picture that moves and a hum that nobody hears, in place of a camera and a microphone that can't be used. */
export function createStandIn(): StandIn {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  let step = 0;
  function draw(): void {
    if (pen === null) return;
    step += 1;
    pen.fillStyle = '#1b5b53';
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    for (let dot = 0; dot < 24; dot += 1) {
      pen.fillStyle = dot % 2 === 0 ? '#f2bf74' : '#f4f2ec';
      pen.beginPath();
      pen.arc(((dot * 97 + step * 9) % (WIDTH + 80)) - 40, (dot * 53) % HEIGHT, 18, 0, Math.PI * 2);
      pen.fill();
    }
  }
  draw();
  const drawing = setInterval(draw, 1_000 / FRAMES_PER_SECOND);
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const hum = new OscillatorNode(context, { frequency: 180 });
  hum.connect(new GainNode(context, { gain: GAIN })).connect(output);
  hum.start();
  void context.resume().catch(() => undefined);
  const picture = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks()[0] ?? null;
  const sound = output.stream.getAudioTracks()[0] ?? null;
  return {
    picture,
    sound,
    stop() {
      clearInterval(drawing);
      picture?.stop();
      sound?.stop();
      void context.close().catch(() => undefined);
    },
  };
}
