/// Whether a machine is a virtual one, and what product it is.
public struct Virtualization: Equatable, Sendable {
  /// The hypervisor under the machine, as far as it names itself; `nil` where there is none that shows.
  public var hypervisor: String?
  /// Maker and model of the machine, such as `Dell Inc. PowerEdge R640`, as its firmware tells; no serial number.
  public var product: String?

  /// Describes a machine.
  public init(hypervisor: String? = nil, product: String? = nil) {
    self.hypervisor = hypervisor
    self.product = product
  }

  /// Makers whose machines are all virtual. x86 processors have a flag for it; Arm's do not.
  private static let makers: [String: String] = [
    "QEMU": "QEMU", "VMware, Inc.": "VMware", "Xen": "Xen", "innotek GmbH": "VirtualBox",
    "Parallels Software International Inc.": "Parallels", "Apple Inc. Virtual": "Apple Virtualization",
    "OpenStack Foundation": "OpenStack", "DigitalOcean": "DigitalOcean", "Google": "Google Compute Engine",
    "Hetzner": "Hetzner Cloud", "Alibaba Cloud": "Alibaba Cloud", "Amazon EC2": "Amazon EC2",
  ]

  /// What a tree tells of its machine.
  public static func read(from tree: FileTree = .machine) -> Virtualization {
    let maker = tree.line("sys/class/dmi/id/sys_vendor")
    let model = tree.line("sys/class/dmi/id/product_name")
    let words = [maker, model].compactMap(\.self)
    let product = words.isEmpty ? nil : words.joined(separator: " ")
    // Clouds rent whole machines too, under their own name.
    let isBare = model?.hasSuffix(".metal") ?? false
    var named = isBare ? nil : maker.flatMap { makers[$0] }
    if maker == "Microsoft Corporation", model == "Virtual Machine" { named = "Hyper-V" }
    let isFlagged = tree.text("proc/cpuinfo").map(hasFlag) ?? false
    let type = tree.line("sys/hypervisor/type")
    let unnamed = isFlagged ? "of a kind that does not tell its name" : nil
    return Virtualization(hypervisor: type ?? named ?? unnamed, product: product)
  }

  private static func hasFlag(_ cpuinfo: String) -> Bool {
    guard let line = cpuinfo.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else {
      return false
    }
    return line.split(whereSeparator: \.isWhitespace).contains("hypervisor")
  }
}
