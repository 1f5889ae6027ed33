// A refusal by its name: Python turns it into an error of the wallet with a sentence.
export const refusal = (name) => Object.assign(new Error(name), { code_: name });
