// A drawing (SVG) in points. No worker can do that: the keeper asks the page, which shows it to nobody. In an image
// nothing of a drawing runs, and it reaches nothing.
const drawn = async (svg, side) => {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const picture = new Image(side, side);
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    canvas.getContext("2d").drawImage(picture, 0, 0, side, side);
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return new Uint8Array(await made.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
};

// In the page.
export const draw = async ({ svg, side, port }) => port.postMessage(await drawn(svg, side).catch(() => undefined));

// In the keeper.
export const inPoints = ({ side }, svg) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: bytes }) => resolve({ values: { made: Boolean(bytes) }, bytes });
    postMessage({ draw: { svg, side, port: port2 } }, [port2]);
  });
