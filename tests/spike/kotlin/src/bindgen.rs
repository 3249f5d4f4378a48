//! Writes the Kotlin half of the binding: `generate --library libcarnet_kotlin.so --language kotlin --out-dir DIR`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
