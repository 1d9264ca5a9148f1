/// The version of the suite; every executable of it tells the same.
public let suiteVersion = "0.1.0"
