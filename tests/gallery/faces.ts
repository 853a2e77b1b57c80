type Look = { skin: string; hair: string; top: string; wall: string; light: [number, number]; long: boolean };

/** People of the design's pictures, drawn: nobody real is in a screenshot. */
const looks: Record<string, Look[]> = {
  Ruth: [{ skin: '#8a5a3c', hair: '#1f1713', top: '#7d3b38', wall: '#6b543c', light: [0.15, 0.4], long: true }],
  Tom: [{ skin: '#e3ac88', hair: '#a98f6e', top: '#355268', wall: '#5d6358', light: [0.2, 0.3], long: false }],
  Maya: [{ skin: '#dba47c', hair: '#2c1a17', top: '#45695f', wall: '#6d6152', light: [0.85, 0.3], long: true }],
  Jonas: [{ skin: '#e9c0a0', hair: '#6b4128', top: '#54505c', wall: '#6d6152', light: [0.85, 0.3], long: false }],
  Priya: [{ skin: '#b97c4e', hair: '#241711', top: '#a5643a', wall: '#83694f', light: [0.7, 0.2], long: true }],
  Dan: [{ skin: '#f0bfa0', hair: '#b0603a', top: '#6d6449', wall: '#4b4f56', light: [0.85, 0.15], long: false }],
  Chris: [{ skin: '#9a6340', hair: '#1d1613', top: '#33406b', wall: '#4b4f56', light: [0.85, 0.15], long: false }],
  Grace: [{ skin: '#efc6a6', hair: '#c9c4bb', top: '#665580', wall: '#77614a', light: [0.85, 0.5], long: true }],
  Elena: [{ skin: '#f0c7a8', hair: '#7c4c2c', top: '#c5aa80', wall: '#4d574f', light: [0.9, 0.2], long: false }],
  Kwame: [{ skin: '#84542f', hair: '#1c1512', top: '#8f6a1f', wall: '#5e4a3c', light: [0.15, 0.3], long: false }],
  Abi: [{ skin: '#a3693f', hair: '#1f1512', top: '#6d3d52', wall: '#5e4a3c', light: [0.15, 0.3], long: true }],
};

const streams = new Map<string, MediaStream>();

/** A moving picture of a seat, for example of `Dan & Chris`: they sway a little, six times a second. */
export function faceStream(name: string): MediaStream {
  const known = streams.get(name);
  if (known !== undefined) return known;
  const people = name.split(' & ').flatMap((one) => looks[one] ?? looks.Priya ?? []);
  const canvas = document.createElement('canvas');
  canvas.width = 480;
  canvas.height = 300;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas here');
  let beat = name.length;
  const draw = () => {
    beat += 0.35;
    drawRoom(pen, people[0]);
    people.forEach((person, index) => {
      const middle = people.length === 1 ? 0.5 : 0.3 + index * 0.4;
      drawPerson(pen, person, middle * 480 + Math.sin(beat + index) * 3, 150 + Math.cos(beat / 2) * 2);
    });
  };
  draw();
  window.setInterval(draw, 160);
  const stream = canvas.captureStream(6);
  streams.set(name, stream);
  return stream;
}

/** Shows a seat's moving picture in a video element, as client/media does with a track. */
export function facePicture(name: string): (element: HTMLVideoElement) => () => void {
  return (element) => {
    element.srcObject = faceStream(name);
    void element.play().catch(() => {});
    return () => {
      element.srcObject = null;
    };
  };
}

function drawRoom(pen: CanvasRenderingContext2D, look: Look | undefined): void {
  if (look === undefined) return;
  pen.fillStyle = look.wall;
  pen.fillRect(0, 0, 480, 300);
  const [x, y] = [look.light[0] * 480, look.light[1] * 300];
  const glow = pen.createRadialGradient(x, y, 4, x, y, 240);
  glow.addColorStop(0, 'rgb(255 224 163 / 0.9)');
  glow.addColorStop(0.2, 'rgb(245 190 108 / 0.35)');
  glow.addColorStop(1, 'rgb(20 16 12 / 0.45)');
  pen.fillStyle = glow;
  pen.fillRect(0, 0, 480, 300);
}

function drawPerson(pen: CanvasRenderingContext2D, look: Look, x: number, y: number): void {
  pen.fillStyle = look.hair;
  if (look.long) ellipse(pen, x, y + 22, 66, 92);
  pen.fillStyle = look.top;
  ellipse(pen, x, 330, 118, 92);
  pen.fillStyle = look.skin;
  pen.fillRect(x - 20, y + 42, 40, 52);
  pen.fillStyle = look.hair;
  ellipse(pen, x, y - 20, 54, 52);
  pen.fillStyle = look.skin;
  ellipse(pen, x, y, 46, 60);
  pen.fillStyle = '#2a1d18';
  ellipse(pen, x - 17, y - 4, 4, 4);
  ellipse(pen, x + 17, y - 4, 4, 4);
  pen.strokeStyle = 'rgb(140 60 50 / 0.8)';
  pen.lineWidth = 4;
  pen.beginPath();
  pen.arc(x, y + 18, 15, 0.3, Math.PI - 0.3);
  pen.stroke();
}

function ellipse(pen: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  pen.beginPath();
  pen.ellipse(x, y, width, height, 0, 0, Math.PI * 2);
  pen.fill();
}
