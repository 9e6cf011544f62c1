/*eb8d934950bf3e74*/(()=>{for(let t of document.querySelectorAll("[data-clicktracker-print]"))t.addEventListener("click",()=>window.print());})();
