// Python runs straight on and can't wait for a promise; the browser's storage, keys and network are promises.
// So they live in a worker of their own, the keeper: Python's worker asks it and sleeps until it has answered.
//
// One block of shared memory, one question at a time:
//   control[0]  0 while the keeper works, 1 when a piece of the answer lies in `data`
//   control[1]  the length of that piece
//   control[2]  1 when further pieces follow
// An answer is the length of a JSON text in four bytes, the text, and then bytes.

const CONTROL = 16;
const PIECE = 1 << 20;

export const sharedBlock = () => new SharedArrayBuffer(CONTROL + PIECE);

const parts = (block) => ({ control: new Int32Array(block, 0, 3), data: new Uint8Array(block, CONTROL) });

// The asking side, in Python's worker: gives [JSON text, bytes].
export const asker = (block, port) => {
  const { control, data } = parts(block);
  const piece = (message, transfer) => {
    Atomics.store(control, 0, 0);
    port.postMessage(message, transfer);
    Atomics.wait(control, 0, 0);
    return data.slice(0, control[1]);
  };
  return (name, values, bytes) => {
    const pieces = [piece({ name, values, bytes }, bytes ? [bytes.buffer] : [])];
    while (control[2]) pieces.push(piece({ more: true }, []));
    const whole = joined(pieces);
    const length = new DataView(whole.buffer).getUint32(0);
    return [new TextDecoder().decode(whole.subarray(4, 4 + length)), whole.subarray(4 + length)];
  };
};

// The answering side, in the keeper: `answer(name, values, bytes)` gives {values, bytes} or throws.
export const answerer = (block, port, answer) => {
  const { control, data } = parts(block);
  let left = new Uint8Array();
  const give = () => {
    const piece = left.subarray(0, PIECE);
    data.set(piece);
    left = left.subarray(PIECE);
    control[1] = piece.length;
    control[2] = left.length ? 1 : 0;
    Atomics.store(control, 0, 1);
    Atomics.notify(control, 0);
  };
  port.onmessage = async ({ data: asked }) => {
    if (!asked.more) left = written(await answered(answer, asked));
    give();
  };
};

const answered = async (answer, { name, values, bytes }) => {
  try {
    return await answer(name, JSON.parse(values), bytes);
  } catch (error) {
    return { values: { failed: String(error?.code_ ?? error?.name ?? "Error") } };
  }
};

const written = ({ values = {}, bytes = new Uint8Array() }) => {
  const text = new TextEncoder().encode(JSON.stringify(values));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  return joined([length, text, bytes]);
};

const joined = (pieces) => {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
};
