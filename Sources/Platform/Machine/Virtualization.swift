/// The hypervisor and the product of a machine.
public struct Virtualization: Equatable, Sendable {
  /// The name of the hypervisor, if known; `nil` if none was detected.
  public var hypervisor: String?
  /// The maker and model of the machine as reported by its firmware, such as `Dell Inc. PowerEdge R640`; no
  /// serial number.
  public var product: String?

  /// Creates a machine.
  public init(hypervisor: String? = nil, product: String? = nil) {
    self.hypervisor = hypervisor
    self.product = product
  }

  /// Makers whose machines are all virtual. x86 processors have a flag for virtual machines; Arm processors
  /// do not.
  private static let makers: [String: String] = [
    "QEMU": "QEMU", "VMware, Inc.": "VMware", "Xen": "Xen", "innotek GmbH": "VirtualBox",
    "Parallels Software International Inc.": "Parallels", "Apple Inc. Virtual": "Apple Virtualization",
    "OpenStack Foundation": "OpenStack", "DigitalOcean": "DigitalOcean", "Google": "Google Compute Engine",
    "Hetzner": "Hetzner Cloud", "Alibaba Cloud": "Alibaba Cloud", "Amazon EC2": "Amazon EC2",
  ]

  /// Reads the virtualization of the machine that a tree describes.
  public static func read(from tree: FileTree = .machine) -> Virtualization {
    if let reported = Virtualization(tree.systemValues) { return reported }
    let maker = tree.line("sys/class/dmi/id/sys_vendor")
    let model = tree.line("sys/class/dmi/id/product_name")
    let words = [maker, model].compactMap(\.self)
    let product = words.isEmpty ? nil : words.joined(separator: " ")
    // Cloud providers also rent bare-metal machines under their own name.
    let isBare = model?.hasSuffix(".metal") ?? false
    var named = isBare ? nil : maker.flatMap { makers[$0] }
    if maker == "Microsoft Corporation", model == "Virtual Machine" { named = "Hyper-V" }
    let isFlagged = tree.text("proc/cpuinfo").map(hasFlag) ?? false
    let type = tree.line("sys/hypervisor/type")
    let unnamed = isFlagged ? "unknown hypervisor" : nil
    return Virtualization(hypervisor: type ?? named ?? unnamed, product: product)
  }

  /// Creates what Darwin's kernel reports; returns `nil` if it reports nothing.
  init?(_ values: SystemValues) {
    guard let model = values.text("hw.model") else { return nil }
    let named = model.hasPrefix("VirtualMac") ? "Apple Virtualization" : "unknown hypervisor"
    self.init(hypervisor: values.count("kern.hv_vmm_present") == nil ? nil : named, product: model)
  }

  private static func hasFlag(_ cpuinfo: String) -> Bool {
    guard let line = cpuinfo.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else {
      return false
    }
    return line.split(whereSeparator: \.isWhitespace).contains("hypervisor")
  }
}
