//! Colours, type and action symbols of the SVG.

/// One set of values for light and one for dark; forced colours drop the fills and keep the shapes.
pub(super) const STYLE: &str = r#"
.plumbline{color-scheme:light dark;--paper:#fff;--paper-2:#f5f6f7;--paper-3:#eceef0;--line:#d8dcdf;--line-2:#80878e;--ink:#171d24;--ink-2:#414b55;--ink-3:#59636d;--ask:#1e62cc;--create:#005f48;--create-bg:#e2f2ec;--update:#856400;--update-bg:#f8f0d6;--replace:#681468;--delete:#800a06;--same:#5c6670;--on-solid:#fff;--h1:#f4f0e7;--h2:#e7d9b8;--h3:#cfae63;--h4:#7f5a12;--h5:#4f3300}
@media (prefers-color-scheme:dark){.plumbline{--paper:#14181c;--paper-2:#1b2025;--paper-3:#252b31;--line:#343c44;--line-2:#75818c;--ink:#e6eaed;--ink-2:#bcc5cc;--ink-3:#a3aeb7;--ask:#82b1ff;--create:#7be3a8;--create-bg:#17312a;--update:#f7d650;--update-bg:#35301a;--replace:#d884bd;--delete:#ff6a57;--same:#c3ccd2;--on-solid:#14181c;--h1:#262521;--h2:#3a3423;--h3:#6b5829;--h4:#b8923c;--h5:#efcf83}}
.plumbline text{font:400 11px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;fill:var(--ink-3)}
.plumbline .bg{fill:var(--paper-2)}
.plumbline .hd{font-size:16px;font-weight:600;fill:var(--ink)}
.plumbline .lg{font-size:12px;fill:var(--ink-2)}
.plumbline .nm{font-size:12px;font-weight:600;fill:var(--ink)}
.plumbline .am{fill:var(--ink-2);text-anchor:end;font-variant-numeric:tabular-nums}
.plumbline .grp{fill:var(--paper);fill-opacity:.55;stroke:var(--line)}
.plumbline .card{fill:var(--paper);stroke:var(--line-2)}
.plumbline .blk{fill:var(--paper-3)}
.plumbline .create .blk{fill:var(--create-bg)}
.plumbline .update .blk{fill:var(--update-bg)}
.plumbline .replace .blk{fill:var(--replace)}
.plumbline .delete .blk{fill:var(--delete)}
.plumbline .replace .card{stroke:var(--replace);stroke-width:1.5}
.plumbline .delete .card{stroke:var(--delete);stroke-width:1.5}
.plumbline .n .h1{fill:var(--h1)}
.plumbline .n .h2{fill:var(--h2)}
.plumbline .n .h3{fill:var(--h3)}
.plumbline .n .h4{fill:var(--h4)}
.plumbline .n .h5{fill:var(--h5)}
.plumbline .maybe .blk,.plumbline .off .blk{fill:var(--paper-3)}
.plumbline .maybe .mk{stroke:none}
.plumbline .maybe .card,.plumbline .ext .card{stroke-dasharray:4 3}
.plumbline .ext .card,.plumbline .ext .blk,.plumbline .off .card{fill:none}
.plumbline .off .card{stroke-dasharray:1 3;stroke-linecap:round}
.plumbline .gone .nm,.plumbline .off .nm{text-decoration:line-through}
.plumbline .cone .out:not(.solid) .blk{opacity:.62}
.plumbline .mk{stroke:var(--on-solid);stroke-width:1.8;fill:none}
.plumbline .in,.plumbline .st{fill:none;stroke:var(--line-2)}
.plumbline .ic{fill:none;stroke:var(--ink-3);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.plumbline .ch{fill:none;stroke:var(--ink-3);stroke-width:1.5}
.plumbline .sel{fill:none;stroke:var(--ask);stroke-width:2}
.plumbline .hit{fill:none;stroke:var(--ask);stroke-dasharray:3 3}
.plumbline .dn{fill:var(--paper);stroke:var(--ask)}
.plumbline .dt{fill:var(--ask);text-anchor:middle;font-weight:600}
.plumbline .e{fill:none;stroke:var(--line-2)}
.plumbline .cone .e{opacity:.7}
.plumbline .e.may{stroke-dasharray:5 3}
.plumbline .e.gone{stroke:var(--delete);stroke-dasharray:2 4}
.plumbline .cone .e.up{stroke:var(--ask);opacity:1}
.plumbline .cone .e.down{stroke:var(--ask);stroke-width:1.75;opacity:1}
.plumbline .ah{fill:var(--ask)}
.plumbline .c-create{color:var(--create)}.plumbline .c-update{color:var(--update)}.plumbline .c-replace{color:var(--replace)}.plumbline .c-delete{color:var(--delete)}
.plumbline .c-same,.plumbline .c-move{color:var(--same)}.plumbline .c-affected,.plumbline .c-steps{color:var(--ask)}.plumbline .c-unknown{color:var(--ink-2)}
@media (forced-colors:active){.plumbline .bg,.plumbline .card,.plumbline .grp,.plumbline .blk,.plumbline .dn{fill:Canvas}.plumbline text{fill:CanvasText}.plumbline .card,.plumbline .grp,.plumbline .e,.plumbline .ic,.plumbline .mk{stroke:CanvasText}.plumbline .e.down,.plumbline .e.up,.plumbline .sel{stroke:Highlight}}
"#;

/// Symbols of actions and states, each on 16 px.
pub(super) const SYMBOLS: &str = concat!(
    r#"<symbol id="a-create" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 5v6M5 8h6" stroke="currentColor" stroke-width="1.5" fill="none"/></symbol>"#,
    r#"<symbol id="a-update" viewBox="0 0 16 16"><path d="M8 1.2L14.8 8 8 14.8 1.2 8z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/><path d="M5 8.7c1-1.6 2-1.4 3-.7s2 .9 3-.7" stroke="currentColor" stroke-width="1.5" fill="none" stroke-linecap="round"/></symbol>"#,
    r#"<symbol id="a-replace" viewBox="0 0 16 16"><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor"/><path d="M5 4.75h6M5 9.75h6M8 7.25v5" stroke="var(--on-solid)" stroke-width="1.6" fill="none"/></symbol>"#,
    r#"<symbol id="a-delete" viewBox="0 0 16 16"><path d="M2 2h12v12H2z" fill="currentColor"/><path d="M5 8h6" stroke="var(--on-solid)" stroke-width="1.8" fill="none"/></symbol>"#,
    r#"<symbol id="a-move" viewBox="0 0 16 16"><path d="M2 3.5h4v9H2zM8 8h6M11.5 5.5L14 8l-2.5 2.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/></symbol>"#,
    r#"<symbol id="a-same" viewBox="0 0 16 16"><circle cx="8" cy="8" r="2.25" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>"#,
    r#"<symbol id="a-affected" viewBox="0 0 16 16"><path d="M4.5 2.5L13 8l-8.5 5.5z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></symbol>"#,
    r#"<symbol id="a-unknown" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2.3"/><path d="M6.2 6.3a1.8 1.8 0 112.5 1.7c-.5.2-.7.5-.7 1M8 11.2v.1" stroke="currentColor" stroke-width="1.5" fill="none" stroke-linecap="round"/></symbol>"#,
    r#"<symbol id="a-steps" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor"/><path d="M7 6l1.4-1v6" fill="none" stroke="currentColor" stroke-width="1.3"/></symbol>"#,
);
