//! The targets of pacers that share the account, and of the two lanes.

use super::limiter::Model;
use super::world::{LANES, LATENCIES, LIMITS, MODELS, Run, World};
use crate::pacer::lane::Lane;

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
fn assert_shared(processes: u32, utilisation: f64, throttled: f64) {
    for (capacity, window) in LIMITS {
        for latency in LATENCIES {
            for lane in LANES {
                let mut runs = Vec::new();
                for (stagger, workers) in [(0.0, 64), (3.0, 10), (60.0, 64)] {
                    let world = World::alone(Model::Leaky, capacity, window);
                    let requests = 1_200 / processes;
                    let world = World {
                        processes,
                        requests,
                        stagger,
                        workers,
                        latency,
                        lane,
                        ..world
                    };
                    runs.extend(seeds(world, 2));
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
    for model in MODELS {
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
    for model in MODELS {
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
    for model in MODELS {
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
