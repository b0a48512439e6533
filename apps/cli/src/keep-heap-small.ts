import { setFlagsFromString } from 'node:v8';

/**
 * Keep the part of V8's heap that new objects go to as small as it is at the start. The longer rows
 * stream through a process, the larger V8 makes it, up to more than a hundred megabytes, though nothing
 * but garbage is in it; where the work is to stream, that makes nothing faster.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
