/** The kernels as a WebAssembly module, base64; the file beside this one is made by `npm ci`. */
export declare const kernelsWasm: string;
