// This page names a story. A browser that kept it whole for its back button asks for it anew: the story may have gone.
// Works without this file wherever browsers keep to `no-store`; some bring such a page back from memory all the same.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
