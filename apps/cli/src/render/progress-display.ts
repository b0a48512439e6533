import type { Progress, ProgressListener } from '@gnu-mlops/core';
import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from '../terminal.ts';
import { oneLine } from './one-line.ts';

/** A detail names a file and what becomes of it. */
const longestDetail = 300;

/** Shows the progress of long work until it is closed. */
export interface ProgressDisplay {
  readonly listener: ProgressListener;
  /** Take the bar away, so that other text can be written. */
  close(): void;
}

/**
 * A bar where a person watches, otherwise one plain line per stage and per fifth of it.
 *
 * @param mode `silent` shows nothing.
 */
export function createProgressDisplay(
  terminal: Terminal,
  mode: 'shown' | 'silent',
): ProgressDisplay {
  if (mode === 'silent') return { listener: () => {}, close: () => {} };
  return terminal.isInteractive ? barDisplay() : lineDisplay(terminal);
}

function barDisplay(): ProgressDisplay {
  let bar: SingleBar | undefined;
  let stage: string | undefined;

  function close(): void {
    process.off('exit', close);
    bar?.stop();
    bar = undefined;
    stage = undefined;
  }
  function listener(progress: Progress): void {
    if (stage !== progress.stage) {
      close();
      stage = progress.stage;
      bar = new SingleBar(
        {
          format: '  {stage} {bar} {value}/{total} {detail}',
          clearOnComplete: true,
          hideCursor: true,
          barsize: 24,
          stream: process.stderr,
        },
        Presets.shades_classic,
      );
      // A second Ctrl-C ends the process at once: its terminal gets its cursor back all the same.
      process.on('exit', close);
      bar.start(progress.total, 0, { stage: progress.stage, detail: '' });
    }
    bar?.setTotal(progress.total);
    bar?.update(progress.done, {
      stage: progress.stage,
      detail: oneLine(progress.detail ?? '', longestDetail),
    });
  }
  return { listener, close };
}

function lineDisplay(terminal: Terminal): ProgressDisplay {
  let stage: string | undefined;
  let shownFifth = -1;

  function listener({ stage: current, done, total, detail }: Progress): void {
    if (stage !== current) shownFifth = -1;
    stage = current;
    const fifth = total === 0 ? 5 : Math.floor((done / total) * 5);
    if (fifth === shownFifth) return;
    shownFifth = fifth;
    const note = detail === undefined ? '' : ` (${oneLine(detail, longestDetail)})`;
    terminal.writeNote(`${current}: ${done} of ${total}${note}\n`);
  }
  return { listener, close: () => {} };
}
