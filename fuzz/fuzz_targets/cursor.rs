#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| security_tests::fuzz::run("cursor", data));
