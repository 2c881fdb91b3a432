//! The targets of a pacer alone on the account.

use super::limiter::Model;
use super::world::{LANES, LATENCIES, LIMITS, MODELS, World};

/// Checks one process in every combination of size, concurrency, latency and
/// lane, each with another seed.
fn everywhere(model: Model, capacity: u32, window: u32, check: impl Fn(World)) {
    let rate = f64::from(capacity) / f64::from(window);
    let mut seed = 0;
    for requests in [600, 1_200, 2_000] {
        for workers in [1, 10, 64] {
            for latency in LATENCIES {
                // Too few workers can't use the limit at this latency.
                if f64::from(workers) < 1.4 * rate * latency.mean() {
                    continue;
                }
                for lane in LANES {
                    seed += 1;
                    check(World {
                        requests,
                        workers,
                        latency,
                        lane,
                        seed,
                        ..World::alone(model, capacity, window)
                    });
                }
            }
        }
    }
}

#[track_caller]
fn assert_clean(world: World, least: f64) {
    let run = world.run();
    assert_eq!(run.throttled, 0, "{world:?}");
    let reached = run.utilisation;
    assert!(reached >= least, "{reached:.4} in {world:?}");
    assert!(run.waits <= 3 * run.sent, "{} waits", run.waits);
}

#[test]
fn a_leaky_bucket_is_used_to_97_percent_without_a_429() {
    for (capacity, window) in LIMITS {
        everywhere(Model::Leaky, capacity, window, |world| {
            assert_clean(world, 0.97);
        });
    }
}

#[test]
fn long_runs_on_a_leaky_bucket_come_closer_still() {
    for (capacity, window) in LIMITS {
        for lane in LANES {
            let world = World::alone(Model::Leaky, capacity, window);
            let requests = 3_000;
            assert_clean(
                World {
                    requests,
                    lane,
                    ..world
                },
                0.99,
            );
        }
    }
}

#[test]
fn windows_are_used_to_85_percent_without_a_429() {
    for model in [Model::Fixed, Model::Sliding] {
        for capacity in [40, 80] {
            everywhere(model, capacity, 20, |world| assert_clean(world, 0.85));
        }
    }
}

#[test]
fn short_windows_are_recognised() {
    for model in [Model::Fixed, Model::Sliding] {
        for capacity in [40, 80] {
            everywhere(model, capacity, 10, |world| {
                // Recognising a short window takes a while.
                assert_clean(world, if world.requests == 2_000 { 0.6 } else { 0.45 });
            });
        }
    }
}

#[test]
fn without_headers_the_pace_is_safe_for_the_smallest_plan() {
    for model in MODELS {
        for (capacity, window) in LIMITS {
            for latency in LATENCIES {
                for lane in LANES {
                    let world = World {
                        headers: false,
                        latency,
                        lane,
                        ..World::alone(model, capacity, window)
                    };
                    let run = world.run();
                    assert_eq!(run.throttled, 0, "{world:?}");
                    // 600 requests at 1.67 per second or more.
                    assert!(run.took <= 360.0, "{} s in {world:?}", run.took);
                }
            }
        }
    }
}
