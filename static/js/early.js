(root=>{root.classList.add("js");try{root.dataset.theme=localStorage.theme||"";root.dataset.size=localStorage.size||"0"}catch{}})(document.documentElement)
