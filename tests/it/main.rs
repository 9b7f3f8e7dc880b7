//! Everything a user or the house can see from outside, in one binary: it links once.

mod architecture;
mod cli;
mod crash;
mod samples;
mod schemas;
mod support;
