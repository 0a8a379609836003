// Runs before the first paint, so that nobody sees the other theme flash by.
(function () {
  "use strict";
  var root = document.documentElement;
  function apply() {
    var asked = /[?&]theme=(light|dark)/.exec(location.search);
    var kept = /(?:^|; )mp-theme=(light|dark)/.exec(document.cookie);
    root.dataset.theme = kept ? kept[1] : asked ? asked[1]
      : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  apply();
  // Blazor's enhanced navigation replaces the attributes of the document.
  new MutationObserver(function () { if (!root.dataset.theme) apply(); }).observe(root, { attributeFilter: ["data-theme"] });
}());
