import Records

/// A model as a server.
extension InstalledModel {
  /// The seconds that a server gives the answers in flight after `SIGTERM`. When the generator has ended, there are none. Peers
  /// need not know the option.
  private static let grace = 5

  /// Returns the launch of the server, on a port that the system chooses.
  ///
  /// - Parameters:
  ///   - options: Options of its own.
  ///   - cpus: The CPUs that it may use; empty for those of this process.
  func serverLaunch(workers: Int, options: [String] = [], on cpus: [Int] = []) -> Launch {
    let common = ["serve", "--port", "0", "--workers", "\(workers)"]
    let grace = isPeer ? [] : ["--grace", "\(Self.grace)"]
    return Launch(
      path: path, arguments: leadingArguments + common + grace + ["--json"] + options,
      withheld: withheldVariables, cpus: cpus,
      output: .captured(limit: 1 << 16))
  }

  /// Reads the line by which the server says that it is ready.
  func readyRecord(_ line: Substring, workers: Int) -> Result<ServiceRecord, ReportError> {
    do throws(JSON.ReadError) {
      let record = try JSON.decode(ServiceRecord.self, from: String(line))
      if let contradiction = record.contradiction { return .failure(.malformed(contradiction)) }
      if record.model != description.model, !isPeer { return .failure(.mismatch("model")) }
      return record.workers == workers ? .success(record) : .failure(.mismatch("workers"))
    } catch {
      return .failure(.malformed(error.description))
    }
  }
}
