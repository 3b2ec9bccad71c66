//! What the reader of the page has to download, and how much of it is allowed.

use std::fs;

use anyhow::{Result, bail};

use crate::run::{output, program, root};

struct Part {
    name: &'static str,
    path: &'static str,
    /// Largest gzip size in bytes.
    budget: u64,
}

const KIB: u64 = 1024;

const PARTS: [Part; 5] = [
    Part { name: "core, Terraform", path: "pkg/plumbline_bg.wasm", budget: 900 * KIB },
    Part { name: "core, every format", path: "pkg/every/plumbline_bg.wasm", budget: 1700 * KIB },
    Part { name: "price table", path: "pkg/prices.bin", budget: 400 * KIB },
    Part { name: "page script", path: "www/dist/app.js", budget: 260 * KIB },
    Part { name: "page, one file", path: "www/dist/index.html", budget: 3 * 1024 * KIB },
];

/// Prints each part's size, raw, gzip and brotli; fails when one is over its budget.
pub fn gate() -> Result<()> {
    println!("{:<20} {:>9} {:>9} {:>9} {:>9}  KiB", "part", "raw", "gzip", "brotli", "budget");
    let mut over = Vec::new();
    for part in PARTS {
        let path = root().join(part.path);
        let raw = fs::metadata(&path).map_err(|_| anyhow::anyhow!("{} is not built; run `cargo xtask build`", part.path))?.len();
        // Node carries both compressors, so that the figures are those a browser's server would send.
        let script = "const z=require('zlib'),b=require('fs').readFileSync(process.argv[1]);\
                      console.log(z.gzipSync(b,{level:9}).length+' '+z.brotliCompressSync(b).length)";
        let printed = output(program("node").args(["-e", script]).arg(&path))?;
        let mut sizes = printed.split_whitespace().filter_map(|word| word.parse::<u64>().ok());
        let (gzip, brotli) = (sizes.next().unwrap_or(u64::MAX), sizes.next().unwrap_or(u64::MAX));
        println!("{:<20} {} {} {} {}", part.name, kib(raw), kib(gzip), kib(brotli), kib(part.budget));
        if gzip > part.budget {
            over.push(format!("{} is {} KiB gzip, over its budget of {} KiB", part.name, gzip.div_ceil(KIB), part.budget / KIB));
        }
    }
    if !over.is_empty() {
        bail!("{}", over.join("; "));
    }
    Ok(())
}

fn kib(bytes: u64) -> String {
    format!("{:>9.1}", bytes as f64 / KIB as f64)
}
