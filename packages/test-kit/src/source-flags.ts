/**
 * What Node is started with to run the sources of the house, on one thread or several.
 *
 * Node takes the types out of sources by WebAssembly. Where several threads do so at once, V8 may free
 * one and the same compiled call from there to JavaScript twice, which ends the process ("Check failed:
 * jit_page_->allocations_.erase(addr) == 1"; github.com/nodejs/node/issues/64500). With such a budget it
 * compiles none. Builds have no types to take out.
 */
export const SOURCE_FLAGS = [
  '--conditions=@gnu-mlops/source',
  '--wasm-wrapper-tiering-budget=1000000000',
] as const;
