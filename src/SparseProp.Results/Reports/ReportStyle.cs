namespace SparseProp.Results.Reports;

/// <summary>How a report looks: in light and dark, on a phone and on paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --text: #1b1f24; --soft: #59636e; --page: #ffffff; --raised: #f5f7f9; --line: #d4dae0;
          --bad: #b3261e; --bad-page: #fdecea; --warn: #7a4f01; --warn-page: #fff4de; --good: #1a6b3c; --link: #0b5cad; }
        @media (prefers-color-scheme: dark) { :root { --text: #e4e8ec; --soft: #9aa5b1; --page: #14171b; --raised: #1d2228; --line: #363d46;
          --bad: #ff8a80; --bad-page: #3a1715; --warn: #f2c063; --warn-page: #33270e; --good: #6fd39a; --link: #7db8f5; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 68rem; color: var(--text); background: var(--page);
          font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
        h1 { margin: 0; font-size: 1.8rem; line-height: 1.2; }
        h2 { margin: 2.5rem 0 .75rem; padding-top: .5rem; border-top: 1px solid var(--line); font-size: 1.3rem; }
        h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
        p { margin: .5rem 0; max-width: 46rem; }
        a { color: var(--link); }
        .soft, figcaption, caption { color: var(--soft); }
        nav { margin: 1rem 0; } nav a { margin-right: 1rem; }
        .verdict { font-size: 1.15rem; font-weight: 600; } .good { color: var(--good); }
        .bad, .warn { margin: .75rem 0; padding: .6rem .9rem; border-left: .3rem solid; border-radius: .2rem; }
        .bad { color: var(--bad); background: var(--bad-page); border-color: var(--bad); }
        .warn { color: var(--warn); background: var(--warn-page); border-color: var(--warn); }
        .loud { font-size: 1.15rem; font-weight: 700; }
        .scroll { overflow-x: auto; margin: .75rem 0; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding-bottom: .3rem; }
        th, td { padding: .25rem .7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
        th { vertical-align: bottom; color: var(--soft); font-weight: 600; }
        td.text, th.text { text-align: left; } td.long { text-align: left; white-space: pre-wrap; min-width: 14rem; max-width: 40rem; }
        pre, code, .mono { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .85rem; }
        table .mono { font-size: .9em; }
        pre { margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; background: var(--raised); border-radius: .3rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .75rem 0; }
        dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
        details { margin: .75rem 0; } summary { cursor: pointer; color: var(--link); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem; }
        figure { margin: 0; min-width: 0; } figure svg { display: block; width: 100%; height: auto; max-width: 36rem; color: var(--text); }
        figcaption { font-size: .85rem; margin-top: .3rem; }
        @media (max-width: 32rem) { body { padding: 1rem .75rem 3rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
        @media print {
          :root { color-scheme: light; --text: #000000; --soft: #444444; --page: #ffffff; --raised: #f5f5f5; --line: #bbbbbb;
            --bad: #b3261e; --bad-page: #ffffff; --warn: #7a4f01; --warn-page: #ffffff; --good: #1a6b3c; --link: #000000; }
          body { max-width: none; padding: 0; font-size: 9.5pt; } nav { display: none; }
          .scroll { overflow: visible; } pre { white-space: pre-wrap; break-inside: avoid; } th, td { padding: .15rem .3rem; }
          th, td.text { white-space: normal; } td.long { max-width: none; min-width: 0; } table .mono { overflow-wrap: anywhere; }
          table { font-size: 7.5pt; } tr, figure, .bad, .warn { break-inside: avoid; } h2, h3 { break-after: avoid; }
          .figures { grid-template-columns: 1fr 1fr; } details::details-content { content-visibility: visible; block-size: auto; }
        }
        """;
}
