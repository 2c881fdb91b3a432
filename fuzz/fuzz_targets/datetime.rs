#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gorgias_security::fuzz::run("datetime", data));
