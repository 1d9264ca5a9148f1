// A model imports ModelKit alone, and its own runtime.
@_exported import Formatting
@_exported import Platform
@_exported import Records
@_exported import Workloads
