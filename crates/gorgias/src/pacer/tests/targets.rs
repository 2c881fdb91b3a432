//! What the pacer has to reach.

use super::limiter::Model;
use super::world::{Run, World};
use crate::pacer::lane::Lane;

/// The documented limits: requests and seconds.
const LIMITS: [(u32, u32); 4] = [(40, 20), (80, 20), (40, 10), (80, 10)];
/// Bounds of a round trip, in seconds.
const LATENCIES: [(f64, f64); 5] = [
    (0.0, 0.0),
    (0.05, 0.3),
    (0.0, 0.5),
    (0.25, 0.25),
    (0.5, 0.5),
];
const LANES: [Lane; 2] = [Lane::Interactive, Lane::Bulk];

/// Runs the same world with several seeds.
fn seeds(world: World, count: u64) -> Vec<Run> {
    (0..count)
        .map(|seed| World { seed, ..world }.run())
        .collect()
}

fn throttled_share(runs: &[Run]) -> f64 {
    let throttled: u32 = runs.iter().map(|run| run.throttled).sum();
    let sent: u32 = runs.iter().map(|run| run.sent).sum();
    f64::from(throttled) / f64::from(sent)
}

fn mean_utilisation(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.utilisation).sum::<f64>() / runs.len() as f64
}

#[track_caller]
fn assert_alone(world: World, least: f64) {
    for run in seeds(world, 5) {
        assert_eq!(run.throttled, 0, "{world:?}");
        assert!(
            run.utilisation >= least,
            "{:.4} in {world:?}",
            run.utilisation
        );
    }
}

#[test]
fn a_leaky_bucket_is_used_to_97_percent_without_a_429() {
    for (capacity, window) in LIMITS {
        for latency in LATENCIES {
            for lane in LANES {
                let world = World::alone(Model::Leaky, capacity, window);
                assert_alone(
                    World {
                        latency,
                        lane,
                        ..world
                    },
                    0.97,
                );
            }
        }
    }
}

#[test]
fn long_runs_on_a_leaky_bucket_come_closer_still() {
    for (capacity, window) in LIMITS {
        let world = World {
            requests: 3_000,
            ..World::alone(Model::Leaky, capacity, window)
        };
        assert_alone(
            World {
                lane: Lane::Bulk,
                ..world
            },
            0.99,
        );
    }
}

#[test]
fn windows_are_used_to_85_percent_without_a_429() {
    for model in [Model::Fixed, Model::Sliding] {
        for capacity in [40, 80] {
            for latency in LATENCIES {
                for lane in LANES {
                    let world = World::alone(model, capacity, 20);
                    assert_alone(
                        World {
                            latency,
                            lane,
                            ..world
                        },
                        0.85,
                    );
                }
            }
        }
    }
}

#[test]
fn short_windows_are_recognised() {
    for model in [Model::Fixed, Model::Sliding] {
        for capacity in [40, 80] {
            for latency in LATENCIES {
                for lane in LANES {
                    let world = World {
                        requests: 2_000,
                        ..World::alone(model, capacity, 10)
                    };
                    assert_alone(
                        World {
                            latency,
                            lane,
                            ..world
                        },
                        0.7,
                    );
                }
            }
        }
    }
}

#[track_caller]
fn assert_shared(processes: u32, utilisation: f64, throttled: f64) {
    for (capacity, window) in [(40, 20), (80, 20), (40, 10)] {
        for latency in [(0.0, 0.0), (0.05, 0.3), (0.0, 0.5)] {
            for lane in LANES {
                let mut runs = Vec::new();
                for stagger in [0.0, 3.0, 60.0] {
                    let world = World::alone(Model::Leaky, capacity, window);
                    let requests = 1_200 / processes;
                    let world = World {
                        processes,
                        requests,
                        stagger,
                        latency,
                        lane,
                        ..world
                    };
                    runs.extend(seeds(world, 3));
                }
                let reached = (mean_utilisation(&runs), throttled_share(&runs));
                let case = format!("{reached:?} at {capacity}/{window}, {latency:?}, {lane:?}");
                assert!(reached.0 >= utilisation && reached.1 <= throttled, "{case}");
            }
        }
    }
}

#[test]
fn two_processes_share_95_percent_with_hardly_a_429() {
    assert_shared(2, 0.95, 0.001);
}

#[test]
fn four_processes_share_90_percent_with_few_429s() {
    assert_shared(4, 0.90, 0.005);
}

#[test]
fn many_processes_never_block_each_other_for_good() {
    for model in Model::ALL {
        for lane in LANES {
            let world = World::alone(model, 40, 20);
            let world = World {
                processes: 8,
                requests: 150,
                lane,
                ..world
            };
            let runs = seeds(world, 5);
            let share = throttled_share(&runs);
            assert!(share <= 0.25, "{share} in {world:?}");
        }
    }
}

#[test]
fn light_foreign_traffic_costs_few_429s() {
    for model in Model::ALL {
        for latency in LATENCIES {
            for lane in LANES {
                let world = World {
                    foreign: 0.3,
                    latency,
                    lane,
                    ..World::alone(model, 40, 20)
                };
                let runs = seeds(world, 5);
                let share = throttled_share(&runs);
                assert!(share <= 0.01, "{share} in {world:?}");
                // 15 % of the limit is gone; what is left is used well if it can be.
                let least = if model == Model::Leaky { 0.75 } else { 0.35 };
                let used = mean_utilisation(&runs);
                assert!(used >= least, "{used} in {world:?}");
            }
        }
    }
}

#[test]
fn a_bulk_run_delays_an_interactive_request_by_a_second_at_most() {
    for model in Model::ALL {
        for (capacity, window) in LIMITS {
            for interactive in [0.05, 0.2] {
                let lane = Lane::Bulk;
                let world = World {
                    interactive,
                    lane,
                    ..World::alone(model, capacity, window)
                };
                let runs = seeds(world, 12);
                assert_eq!(throttled_share(&runs), 0.0, "{world:?}");
                let mut delays: Vec<f64> = runs.into_iter().flat_map(|run| run.delays).collect();
                delays.sort_by(f64::total_cmp);
                let p99 = delays[delays.len() * 99 / 100];
                assert!(p99 <= 1.0, "{p99} s in {world:?}");
            }
        }
    }
}
