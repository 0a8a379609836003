// The few things a page cannot do from the server.
export function theme() { return document.documentElement.dataset.theme; }

export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  document.cookie = "mp-theme=" + name + "; path=/; max-age=31536000; samesite=lax";
}

export function printPage() { window.print(); }

export function minutesFromUtc() { return -new Date().getTimezoneOffset(); }

// The clipboard API needs https or localhost; a portal inside a closed network may have neither.
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) { await navigator.clipboard.writeText(text); return true; }
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.style.cssText = "position:fixed;opacity:0";
  document.body.appendChild(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// Ctrl K anywhere and "/" outside a field open the jump box; the caller owns the returned handle.
export function listenForJump(dotnet) {
  const onKey = e => {
    const typing = e.target.closest && e.target.closest("input, textarea, select, [contenteditable=true]");
    const jump = (e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "k";
    if (jump) { e.preventDefault(); dotnet.invokeMethodAsync("OpenJump"); return; }
    if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "?") { e.preventDefault(); dotnet.invokeMethodAsync("OpenShortcuts"); return; }
    if (e.key === "/") {
      const find = document.querySelector("[data-find]");
      if (find) { e.preventDefault(); find.focus(); }
    }
  };
  document.addEventListener("keydown", onKey);
  return { stop: () => document.removeEventListener("keydown", onKey) };
}

export function focus(id) { const it = document.getElementById(id); if (it) it.focus(); }

// What is typed or pasted, as bytes, because a message of the page has a limit and a stream has none; of a longer text the end.
export function textOf(id, most) { return new TextEncoder().encode(document.getElementById(id).value.slice(-most)); }

export function lengthOf(id) { return document.getElementById(id).value.length; }

// Gives a file that the page made; a link with its bytes, as no address of the server has it.
export async function save(name, type, stream) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
