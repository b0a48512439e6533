/** The page's look; light or dark as the reader's system is. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1c2330; --soft: #5d6779;
  --line: #dfe3ea; --mark: #3366cc; --rest: #c9d3e6; --good: #1b7f4b; --warn: #9a6200; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --back: #12161d; --card: #1b212b; --text: #e6eaf1;
  --soft: #9aa5b8; --line: #2c3543; --mark: #7aa2f7; --rest: #3a465b; --good: #5fd39a;
  --warn: #e8b24a; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 26px; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 36px 0 12px; }
h3 { font-size: 15px; margin: 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 20px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 10px 18px; min-width: 116px; }
.tile b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 14px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px;
  content-visibility: auto; contain-intrinsic-size: auto 300px; min-width: 0; }
.head { display: flex; justify-content: space-between; gap: 10px; align-items: baseline; }
.kind { color: var(--soft); font-size: 13px; white-space: nowrap; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 6px 0 10px; font-size: 13px; color: var(--soft); }
.facts b { color: var(--text); font-weight: 600; font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: auto; }
.bar { fill: var(--mark); } .axis { stroke: var(--line); }
.ends { display: flex; justify-content: space-between; font-size: 12px; color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: 13px; }
td, th { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
.rows { table-layout: fixed; }
.rows td { padding: 2px 0 2px 8px; border: 0; font-size: 13px; }
.rows td:first-child { width: 38%; padding-left: 0; }
.rows td.number { width: 62px; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.track { display: flex; height: 10px; margin-top: 5px; border-radius: 3px; overflow: hidden; background: var(--rest); }
.track i { display: block; height: 100%; background: var(--mark); }
.pill { font-size: 12px; font-weight: 700; text-transform: uppercase; letter-spacing: .04em; white-space: nowrap; }
.pass { color: var(--good); } .warn, .warning { color: var(--warn); } .fail, .error { color: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; margin: 0 0 10px; }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; }
details > summary { cursor: pointer; color: var(--soft); padding: 8px 0; }
.scroll { overflow-x: auto; }
.matrix { width: auto; } .matrix td { border: 1px solid var(--card); padding: 0; min-width: 34px; height: 26px;
  text-align: center; font-size: 11px; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.matrix th { font-weight: 400; font-size: 12px; white-space: nowrap; padding: 2px 8px; border: 0; }
.matrix thead th { writing-mode: vertical-rl; transform: rotate(180deg); padding: 6px 2px; }
h4 { font-size: 13px; margin: 12px 0 2px; color: var(--soft); font-weight: 600; }
`;

/** Colours of classes, told apart by people who see few colours too. */
export const CLASS_COLOURS = [
  '#3366cc',
  '#e69f00',
  '#2a9d6f',
  '#cc5577',
  '#8866cc',
  '#56b4e9',
  '#8a8f99',
] as const;
