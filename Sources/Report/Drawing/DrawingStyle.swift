/// The style of drawings, in a page and as files.
///
/// The first two series colours are from Okabe and Ito ("Color Universal Design", 2008). The others were chosen so that
/// any two are distinct with normal vision and with each of the three kinds of colour blindness, and have contrast with
/// a white and with a dark background; a test checks this.
enum DrawingStyle {
  /// The number of series colours, in the classes `c0`, `c1` and so on.
  static let colours = 7

  /// The CSS rules. Each shape has the colour of its class, or else that of the text.
  static let text: StaticString = """
    svg { color: #1a1a1a; font: 13px system-ui, -apple-system, "Segoe UI", sans-serif }
    svg text { fill: currentColor }
    svg .paper { fill: #ffffff }
    svg .quiet { color: #5a5f66 }
    svg .small { font-size: 12px }
    svg .strong { font-weight: 600 }
    svg .grid { stroke: #dfe2e6; stroke-width: 1; fill: none }
    svg .axis { stroke: #80868e; stroke-width: 1; fill: none }
    svg .ideal { stroke: #80868e; stroke-width: 1.5; stroke-dasharray: 5 4; fill: none }
    svg .fill { fill: currentColor }
    svg .pale { fill: currentColor; fill-opacity: 0.35 }
    svg .stroke { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round }
    svg .band { fill: currentColor; fill-opacity: 0.18; stroke: none }
    svg .dash { fill: none; stroke: currentColor; stroke-width: 2; stroke-dasharray: 3 4 }
    svg .mark { fill: none; stroke: #80868e; stroke-width: 1; stroke-dasharray: 2 3 }
    svg .thin { fill: none; stroke: currentColor; stroke-width: 1 }
    svg .dots { fill: none; stroke: currentColor; stroke-width: 6; stroke-linecap: round; stroke-opacity: 0.45 }
    svg .tick { fill: none; stroke: currentColor; stroke-width: 2.5 }
    svg .h0 { fill-opacity: 0.1 }
    svg .h1 { fill-opacity: 0.3 }
    svg .h2 { fill-opacity: 0.5 }
    svg .h3 { fill-opacity: 0.75 }
    svg .c0 { color: #0072b2 }
    svg .c1 { color: #d55e00 }
    svg .c2 { color: #065826 }
    svg .c3 { color: #a77da3 }
    svg .c4 { color: #32293f }
    svg .c5 { color: #c4755f }
    svg .c6 { color: #0099fe }
    @media screen and (prefers-color-scheme: dark) {
      svg { color: #e8eaed }
      svg .paper { fill: #16181d }
      svg .quiet { color: #a4abb3 }
      svg .grid { stroke: #2c3037 }
      svg .axis, svg .ideal, svg .mark { stroke: #7d848d }
      svg .c0 { color: #56b4e9 }
      svg .c1 { color: #e69f00 }
      svg .c2 { color: #4f8a38 }
      svg .c3 { color: #ca3e84 }
      svg .c4 { color: #ccfdf8 }
      svg .c5 { color: #fff28b }
      svg .c6 { color: #9c63fd }
    }
    """
}
