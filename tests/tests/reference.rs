//! What is committed is what the table says. `CARNET_UPDATE=1 cargo test -p carnet-tests --test reference` writes it.

use carnet_tests::reference;
use std::path::Path;

fn same(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if std::env::var_os("CARNET_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, text).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "{} is not what the table says: run with CARNET_UPDATE=1", path.display());
}

#[test]
fn the_schemas_are_those_of_the_table() {
    same("schema/operations.json", &reference::schemas());
}

#[test]
fn the_reference_page_is_that_of_the_table() {
    let page = reference::page();
    for operation in carnet::schema::operations() {
        assert!(page.contains(&format!("\n## {}\n", operation.name)), "{}", operation.name);
        assert!(!operation.summary.is_empty() && operation.summary.ends_with('.'), "{}", operation.name);
    }
    same("docs/operations.md", &page);
}
