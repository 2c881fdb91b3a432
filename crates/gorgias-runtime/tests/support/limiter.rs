//! Simulated rate limiters, in virtual time.

use std::collections::VecDeque;

/// How the limiter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// A bucket that each request fills by one and that leaks evenly.
    Leaky,
    /// A count that starts at zero with each window.
    Fixed,
    /// The requests of the last window, at any moment.
    Sliding,
}

/// How the level of a bucket becomes a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Up,
    Down,
    Nearest,
}

/// The details of the service that aren't known.
#[derive(Clone, Copy, Debug)]
pub struct Details {
    pub rounding: Rounding,
    /// Whether refused requests count.
    pub refused_count: bool,
    /// Whether `Retry-After` is the time until the bucket is empty, instead of
    /// until one request is free.
    pub waits_for_empty: bool,
    /// How far into a fixed window the run starts, from 0 to 1.
    pub phase: f64,
}

/// One account's limit.
#[derive(Debug)]
pub struct Limiter {
    model: Model,
    capacity: f64,
    window: f64,
    details: Details,
    level: f64,
    at: f64,
    window_number: f64,
    log: VecDeque<f64>,
}

/// The answer to a request.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    pub accepted: bool,
    pub used: u32,
    pub limit: u32,
    /// Whole seconds, when refused.
    pub retry_after: Option<u32>,
}

impl Limiter {
    pub fn new(model: Model, capacity: u32, window: u32, details: Details) -> Self {
        Self {
            model,
            capacity: f64::from(capacity),
            window: f64::from(window),
            details,
            level: 0.0,
            at: 0.0,
            window_number: 0.0,
            log: VecDeque::new(),
        }
    }

    /// Takes a request that arrives at this time. Times never go back.
    pub fn request(&mut self, at: f64) -> Answer {
        self.advance(at);
        let accepted = self.level + 1.0 <= self.capacity + 1e-9;
        if accepted || self.details.refused_count {
            self.level = (self.level + 1.0).min(self.capacity);
            self.log.push_back(at);
        }
        let used = match self.details.rounding {
            Rounding::Up => self.level.ceil(),
            Rounding::Down => self.level.floor(),
            Rounding::Nearest => self.level.round(),
        };
        Answer {
            accepted,
            used: used as u32,
            limit: self.capacity as u32,
            retry_after: (!accepted).then(|| self.wait().ceil().max(1.0) as u32),
        }
    }

    /// Returns the least seconds in which so many requests can be accepted.
    pub fn optimum(&self, requests: u32) -> f64 {
        let requests = f64::from(requests);
        match self.model {
            Model::Leaky => (requests - self.capacity).max(0.0) * self.window / self.capacity,
            _ => ((requests / self.capacity).ceil() - 1.0).max(0.0) * self.window,
        }
    }

    fn advance(&mut self, at: f64) {
        match self.model {
            Model::Leaky => {
                let leaked = (at - self.at) * self.capacity / self.window;
                self.level = (self.level - leaked).max(0.0);
            }
            Model::Fixed => {
                let number = (at / self.window + self.details.phase).floor();
                if number > self.window_number {
                    self.window_number = number;
                    self.level = 0.0;
                }
            }
            Model::Sliding => {
                while self
                    .log
                    .front()
                    .is_some_and(|sent| *sent <= at - self.window)
                {
                    self.log.pop_front();
                }
                self.level = (self.log.len() as f64).min(self.capacity);
            }
        }
        self.at = at;
    }

    fn wait(&self) -> f64 {
        match self.model {
            Model::Leaky => {
                let over = if self.details.waits_for_empty {
                    self.level
                } else {
                    self.level + 1.0 - self.capacity
                };
                over * self.window / self.capacity
            }
            Model::Fixed => (self.window_number + 1.0 - self.details.phase) * self.window - self.at,
            Model::Sliding => {
                let excess = self.log.len().saturating_sub(self.capacity as usize);
                self.log
                    .get(excess)
                    .map_or(0.0, |sent| sent + self.window - self.at)
            }
        }
    }
}
