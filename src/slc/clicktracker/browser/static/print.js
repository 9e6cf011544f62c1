/*46196c9b4f2fe0e2*/(()=>{for(let t of document.querySelectorAll("[data-clicktracker-print]"))t.addEventListener("click",()=>window.print());})();
