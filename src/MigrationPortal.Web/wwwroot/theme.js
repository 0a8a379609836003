// Runs before the first paint, so that nobody sees the other theme flash by.
(function () {
  "use strict";
  var kept = /(?:^|; )mp-theme=(light|dark)/.exec(document.cookie);
  var asked = /[?&]theme=(light|dark)/.exec(location.search);
  var theme = asked ? asked[1] : kept ? kept[1]
    : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
}());
