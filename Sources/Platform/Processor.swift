import CPlatform

/// The processor as the calling thread sees it.
public enum Processor {
  /// The core that the calling thread runs on; `nil` where the system does not tell.
  public static func currentCore() -> Int? {
    let core = Int(scaleup_current_core())
    return core < 0 ? nil : core
  }
}
