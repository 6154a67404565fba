// The preview "Druck": what holds on paper holds on the screen. One set of rules, so the preview cannot drift from it.
const WIDTH = (178 / 25.4) * 96; // pixels of an A4 page between its margins, see @page in academy.css

function fits(_, side, value, unit) {
  const pixels = value * (unit === "px" ? 1 : 16);
  const holds = side === "max" ? WIDTH <= pixels : WIDTH >= pixels;
  return holds ? "(min-width: 0)" : "(max-width: 0)";
}

function print(rules) {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      rule.media.mediaText = rule.media.mediaText
        .replace(/\bscreen\b/g, "speech") // nothing but paper is left: no page is spoken here
        .replace(/\bprint\b/g, "all")
        .replace(/\((max|min)-width:\s*([\d.]+)(px|r?em)\)/g, fits);
    }
    if (rule.styleSheet) print(rule.styleSheet.cssRules);
    if (rule.cssRules) print(rule.cssRules);
  }
}

for (const sheet of document.styleSheets) print(sheet.cssRules);
