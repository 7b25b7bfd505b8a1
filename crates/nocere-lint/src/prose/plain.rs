//! Plain text to blocks.

use super::Block;

pub(super) fn blocks(source: &str) -> Vec<Block> {
    let (mut blocks, mut block) = (Vec::new(), Block::default());
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let is_item = text.starts_with("- ") || text.starts_with("* ") || text.starts_with("• ");
        if text.is_empty() || is_item {
            block.flush(&mut blocks);
        }
        if !text.is_empty() {
            block.push_space(start..start);
            block.push_verbatim(source, start..start + text.len());
        }
    }
    block.flush(&mut blocks);
    blocks
}
